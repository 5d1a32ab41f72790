package io.github.kvslocal.conformance.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.kvslocal.conformance.sdk.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls operations with the JDK's own client, on connections that are kept; for any thread. */
public final class JsonClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http;
  private final URI endpoint;

  /** Empty for none. */
  private final String authorization;

  /** Calls the emulator at this address as nobody, to whom the default account belongs. */
  public JsonClient(URI endpoint) {
    this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), endpoint, "");
  }

  private JsonClient(HttpClient http, URI endpoint, String authorization) {
    this.http = http;
    this.endpoint = endpoint;
    this.authorization = authorization;
  }

  /**
   * The same client, which calls with this access over the same connections; its credential names
   * an account and proves nothing.
   */
  public JsonClient as(Access access) {
    return new JsonClient(
        http,
        access.endpoint(),
        "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/kinesisvideo/aws4_request, SignedHeaders=host, Signature=0"
            .formatted(access.accessKey(), access.region()));
  }

  /** Calls the operation of this path with this JSON object. */
  public JsonAnswer call(String path, String body) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    HttpResponse<byte[]> answer =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new JsonAnswer(
        answer.statusCode(),
        answer.headers().firstValue("x-amzn-ErrorType").orElse(""),
        read(answer.body()));
  }

  /** Calls the operation of this path with this JSON object. */
  public JsonAnswer call(String path, JsonNode body) throws IOException, InterruptedException {
    return call(path, body.toString());
  }

  /**
   * The output of the operation of this path.
   *
   * @throws IllegalStateException if it did not succeed
   */
  public JsonNode succeed(String path, JsonNode body) {
    try {
      JsonAnswer answer = call(path, body);
      if (!answer.succeeded()) {
        throw new IllegalStateException(path + " " + body + " -> " + answer);
      }
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot call " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling " + path, e);
    }
  }

  /** Reads what the emulator tells by GET. */
  public JsonNode read(String path) throws IOException, InterruptedException {
    return read(
        http.send(
                HttpRequest.newBuilder(endpoint.resolve(path)).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofByteArray())
            .body());
  }

  private static JsonNode read(byte[] body) throws IOException {
    return body.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(body);
  }
}
