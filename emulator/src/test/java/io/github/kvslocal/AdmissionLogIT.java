package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.api.Credentials;
import io.github.kvslocal.api.TestSigner;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log tells of those who are let in and those who are not. */
class AdmissionLogIT {
  private static final String PATH = "/listStreams";
  private static final String REAL_KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String TEMPORARY_KEY = "ASIAIOSFODNN7EXAMPLE";
  private static final String TOKEN = "IQoJb3JpZ2luX2Vj";
  private static final String WRONG_TOKEN = "FwoGZXIvYXdzEBYa";
  private static final String WRONG_SECRET = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY";
  private static final String WARNING = "REAL AWS CREDENTIALS?";

  private final EventLog log = new EventLog();

  /** Keys, secrets, tokens and signatures of what was sent. */
  private final List<String> secrets = new ArrayList<>();

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void keyThatLooksRealIsWarnedOfOnceByEachEmulator() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (KvsLocal emulator = start(options())) {
        Client client = new Client(emulator);
        send(client, signer("AKIDEXAMPLE", TestSigner.SECRET, ""), 200);
        for (int j = 0; j < 3; j++) {
          send(client, signer(REAL_KEY, TestSigner.SECRET, ""), 200);
        }
      }
    }

    assertThat(log.lines())
        .filteredOn(line -> line.contains(WARNING))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("WARN").contains("AKIA…"));
    assertNothingSecretIsLogged();
  }

  @Test
  void nothingSecretIsLoggedWhereSignaturesAreRequired() throws Exception {
    KvsLocalOptions strict =
        options()
            .withRequiredSignatures(
                List.of(
                    Credentials.parse(REAL_KEY + ":" + TestSigner.SECRET),
                    Credentials.parse(TEMPORARY_KEY + ":" + TestSigner.SECRET + ":" + TOKEN)));
    try (KvsLocal emulator = start(strict)) {
      Client client = new Client(emulator);
      TestSigner known = signer(REAL_KEY, TestSigner.SECRET, "");
      send(client, known, 200);
      for (TestSigner stranger :
          List.of(
              signer(REAL_KEY, WRONG_SECRET, ""),
              signer(TEMPORARY_KEY, TestSigner.SECRET, WRONG_TOKEN),
              signer(TEMPORARY_KEY, TestSigner.SECRET, ""),
              signer("AKIAI44QH8DHBEXAMPLE", WRONG_SECRET, TOKEN))) {
        send(client, stranger, 403);
        sendPresigned(client, stranger);
        openSocket(client, stranger);
      }
      Map<String, String> twice = headers(client, known);
      twice.computeIfPresent("authorization", (name, value) -> value + ", " + value);
      assertThat(post(client, PATH, twice).statusCode()).isEqualTo(400);
    }

    assertThat(log.lines())
        .anySatisfy(line -> assertThat(line).contains("InvalidSignatureException"))
        .anySatisfy(line -> assertThat(line).contains("UnrecognizedClientException"))
        .anySatisfy(line -> assertThat(line).contains("IncompleteSignature"))
        .anySatisfy(line -> assertThat(line).contains("socket declined"))
        .anySatisfy(line -> assertThat(line).contains(WARNING));
    assertNothingSecretIsLogged();
  }

  private void assertNothingSecretIsLogged() {
    assertThat(secrets).isNotEmpty().allSatisfy(secret -> assertThat(secret).hasSizeGreaterThan(8));
    assertThat(log.lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).doesNotContain(secrets));
  }

  private TestSigner signer(String key, String secret, String token) {
    secrets.add(key);
    secrets.add(secret);
    if (!token.isEmpty()) {
      secrets.add(token);
    }
    return new TestSigner(key, secret, token, Instant.now());
  }

  private void send(Client client, TestSigner signer, int status) throws Exception {
    assertThat(post(client, PATH, headers(client, signer)).statusCode()).isEqualTo(status);
  }

  private Map<String, String> headers(Client client, TestSigner signer) {
    Map<String, String> headers =
        new HashMap<>(signer.headers("POST", PATH, Map.of("host", host(client)), "{}"));
    headers.remove("host");
    noteSignature(headers.getOrDefault("authorization", ""));
    return headers;
  }

  private void sendPresigned(Client client, TestSigner signer) throws Exception {
    String query = signer.presignedPost(PATH, host(client), Map.of(), 60, "{}");
    noteSignature(query);
    assertThat(post(client, PATH + "?" + query, Map.of()).statusCode()).isEqualTo(403);
  }

  private void openSocket(Client client, TestSigner signer) {
    String query = signer.presigned("/master", host(client), Map.of(), 60);
    noteSignature(query);
    assertThatThrownBy(() -> TestSocket.open(client.http(), client.uri("wss", "/master?" + query)))
        .isInstanceOf(CompletionException.class);
  }

  private void noteSignature(String signed) {
    secrets.add(signed.replaceFirst(".*Signature=([0-9a-f]{64}).*", "$1"));
  }

  private static HttpResponse<String> post(Client client, String path, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.uri("http", path))
            .POST(HttpRequest.BodyPublishers.ofString("{}"));
    headers.forEach(request::header);
    return client.send(request);
  }

  private static String host(Client client) {
    return "localhost:" + client.uri("http", "").getPort();
  }

  private static KvsLocalOptions options() {
    return KvsLocalOptions.defaults()
        .withPort(0)
        .withEphemeral(true)
        .withOwner("000000000000", "us-west-2");
  }

  private static KvsLocal start(KvsLocalOptions options) throws Exception {
    return KvsLocal.start(options, running -> new FakeMediaStack(running, new RecordingStorage()));
  }
}
