package io.github.kvslocal.conformance.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP answer as it came over the wire.
 *
 * @param status the status code
 * @param headers the lines of the head after the first, in their order
 * @param body what followed the head
 */
record WireAnswer(int status, List<String> headers, String body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The value of the header of this name, in whatever case; the first one if there are more. */
  Optional<String> header(String name) {
    String start = name + ":";
    return headers.stream()
        .filter(line -> line.regionMatches(/* ignoreCase= */ true, 0, start, 0, start.length()))
        .map(line -> line.substring(start.length()).trim())
        .findFirst();
  }

  /**
   * The body as JSON.
   *
   * @throws IllegalStateException if it is none
   */
  JsonNode json() {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new IllegalStateException("no JSON: " + body, e);
    }
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + body;
  }
}
