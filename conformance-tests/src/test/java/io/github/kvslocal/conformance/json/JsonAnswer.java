package io.github.kvslocal.conformance.json;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an operation answered.
 *
 * @param status of HTTP
 * @param error the type of the error; empty text for a success
 * @param body missing if it was empty
 */
public record JsonAnswer(int status, String error, JsonNode body) {

  /** What the error says; empty text for a success. */
  public String message() {
    return error.isEmpty() ? "" : body.path("message").asText();
  }

  /** Whether the operation was done. */
  public boolean succeeded() {
    return status == 200;
  }

  @Override
  public String toString() {
    return succeeded() ? "200 " + body : status + " " + error + ": " + message();
  }
}
