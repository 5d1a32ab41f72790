package io.github.kvslocal.conformance.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an output has to have at least. Members that a pattern does not name may be there; lists
 * have as many elements as the pattern. A text of the pattern may be
 *
 * <ul>
 *   <li>{@code ~regex}: a text that matches in full,
 *   <li>{@code !text}: any other text,
 *   <li>{@code @now}: a time in seconds since the epoch within the last ten minutes,
 *   <li>{@code @absent}: nothing, or null.
 * </ul>
 */
final class JsonPattern {
  private static final Duration RECENT = Duration.ofMinutes(10);

  private JsonPattern() {}

  /** Where and how the value differs from the pattern. */
  static List<String> differences(ObjectNode pattern, JsonNode value) {
    List<String> differences = new ArrayList<>();
    compare("", pattern, value, differences);
    return differences;
  }

  private static void compare(
      String path, JsonNode pattern, JsonNode value, List<String> differences) {
    if (pattern.isObject() && value.isObject()) {
      for (Map.Entry<String, JsonNode> member : pattern.properties()) {
        String name = member.getKey();
        compare(path + "/" + name, member.getValue(), value.path(name), differences);
      }
    } else if (pattern.isArray() && value.isArray() && pattern.size() == value.size()) {
      for (int i = 0; i < pattern.size(); i++) {
        compare(path + "/" + i, pattern.path(i), value.path(i), differences);
      }
    } else if (!matches(pattern, value)) {
      differences.add(
          path + " is " + (value.isMissingNode() ? "absent" : value) + ", not " + pattern);
    }
  }

  private static boolean matches(JsonNode pattern, JsonNode value) {
    String text = pattern.isTextual() ? pattern.textValue() : "";
    if (text.equals("@absent")) {
      return value.isMissingNode() || value.isNull();
    }
    if (text.equals("@now")) {
      return value.isNumber() && isRecent(value.asDouble());
    }
    if (text.startsWith("~")) {
      return value.isTextual() && value.textValue().matches(text.substring(1));
    }
    if (text.startsWith("!")) {
      return value.isTextual() && !value.textValue().equals(text.substring(1));
    }
    return pattern.isNumber()
        ? value.isNumber() && pattern.decimalValue().compareTo(value.decimalValue()) == 0
        : pattern.equals(value);
  }

  private static boolean isRecent(double seconds) {
    Duration age = Duration.between(Instant.ofEpochMilli((long) (seconds * 1000)), Instant.now());
    return age.abs().compareTo(RECENT) < 0;
  }
}
