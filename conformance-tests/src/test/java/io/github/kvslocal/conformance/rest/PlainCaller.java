package io.github.kvslocal.conformance.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.sdk.Access;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls operations with the JDK alone; its credential names an account and proves nothing. */
final class PlainCaller {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * The output of an operation.
   *
   * @throws IllegalStateException if it did not succeed
   */
  JsonNode succeed(Access access, String path, ObjectNode input) {
    try {
      HttpResponse<String> response =
          http.send(request(access, path, input), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "%s of %s answered %d: %s"
                .formatted(path, input, response.statusCode(), response.body()));
      }
      return MAPPER.readTree(response.body().isEmpty() ? "{}" : response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(path + " did not answer in JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot call " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling " + path, e);
    }
  }

  static HttpRequest request(Access access, String path, ObjectNode input) {
    return HttpRequest.newBuilder(access.endpoint().resolve(path))
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=%s/20260101/%s/kinesisvideo/aws4_request, SignedHeaders=host, Signature=0"
                .formatted(access.accessKey(), access.region()))
        .POST(HttpRequest.BodyPublishers.ofString(input.toString()))
        .build();
  }
}
