package io.github.kvslocal.disk;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads what a file has to hold; what it does not is an {@link IllegalArgumentException}. */
final class JsonFields {
  private JsonFields() {}

  static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name + " is no text: " + value);
    }
    return value.textValue();
  }

  static int number(JsonNode node, String name, int least, int most) {
    JsonNode value = node.path(name);
    if (!value.canConvertToExactIntegral()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw new IllegalArgumentException(
          "%s is no number from %d to %d: %s".formatted(name, least, most, value));
    }
    return value.intValue();
  }
}
