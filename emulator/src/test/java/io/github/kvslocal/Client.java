package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client of an emulator under test, which trusts its authority and nobody else. */
final class Client {
  private final KvsLocal emulator;
  private final HttpClient http;

  Client(KvsLocal emulator) throws Exception {
    this.emulator = emulator;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .sslContext(trusting(emulator.authorityPem()))
            .build();
  }

  private static SSLContext trusting(String authority) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = new ByteArrayInputStream(authority.getBytes(US_ASCII))) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  HttpClient http() {
    return http;
  }

  URI uri(String scheme, String rest) {
    return URI.create(scheme + "://localhost:" + emulator.endpoint().getPort() + rest);
  }

  HttpResponse<String> post(String scheme, String path, String body)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(uri(scheme, path))
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  HttpResponse<String> get(String scheme, String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(scheme, path)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(
        request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The ARN of a channel of this name. */
  String channelArn(String name) throws IOException, InterruptedException {
    return json(post("http", "/describeSignalingChannel", "{'ChannelName':'" + name + "'}"))
        .at("/ChannelInfo/ChannelARN")
        .asText();
  }

  static JsonNode json(HttpResponse<String> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }
}
