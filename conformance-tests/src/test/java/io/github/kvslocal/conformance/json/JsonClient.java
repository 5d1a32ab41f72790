package io.github.kvslocal.conformance.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls operations with the JDK's own client, on connections that are kept; for any thread. */
public final class JsonClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI endpoint;

  /** Calls the emulator at this address. */
  public JsonClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Calls the operation of this path with this JSON object. */
  public JsonAnswer call(String path, String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return new JsonAnswer(
        answer.statusCode(),
        answer.headers().firstValue("x-amzn-ErrorType").orElse(""),
        read(answer.body()));
  }

  /** Calls the operation of this path with this JSON object. */
  public JsonAnswer call(String path, JsonNode body) throws IOException, InterruptedException {
    return call(path, body.toString());
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
