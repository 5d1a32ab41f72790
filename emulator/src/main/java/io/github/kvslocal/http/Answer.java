package io.github.kvslocal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The body of a success, with status 200; empty for operations that have no output shape. */
public final class Answer {
  /** No bytes at all, as of the storage service. */
  public static final Answer NOTHING = new Answer(new byte[0]);

  /** {@code {}}, as of an operation whose output has no members. */
  public static final Answer NO_MEMBERS = json(object());

  private final byte[] bytes;

  private Answer(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A JSON body. */
  public static Answer json(JsonNode body) {
    try {
      return new Answer(
          MapperHolder.MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON cannot be written", e);
    }
  }

  /** An empty JSON object to fill. */
  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A timestamp of the rest-json protocol: seconds since the epoch with a fraction. */
  static double timestamp(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  byte[] bytes() {
    return bytes;
  }

  private static final class MapperHolder {
    private static final ObjectMapper MAPPER = new ObjectMapper();
  }
}
