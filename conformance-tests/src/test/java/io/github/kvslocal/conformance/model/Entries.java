package io.github.kvslocal.conformance.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Lists and maps of any size out of their first entry, all entries different where they can be. */
final class Entries {
  private static final String TAG_KEY = "Key";

  private Entries() {}

  static ArrayNode list(JsonNode list, long size) {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < size; i++) {
      entries.add(different(list.path(0), i));
    }
    return entries;
  }

  static ObjectNode map(JsonNode map, long size) {
    ObjectNode entries = JsonNodeFactory.instance.objectNode();
    String key = map.fieldNames().next();
    for (int i = 0; i < size; i++) {
      entries.set(numbered(key, i), map.path(key));
    }
    return entries;
  }

  private static JsonNode different(JsonNode entry, int number) {
    if (entry instanceof ObjectNode tag && tag.has(TAG_KEY)) {
      return tag.deepCopy().put(TAG_KEY, numbered(tag.path(TAG_KEY).asText(), number));
    }
    // Constants are upper case, and repeated.
    return entry.asText().matches("[A-Z_]+")
        ? entry
        : TextNode.valueOf(numbered(entry.asText(), number));
  }

  private static String numbered(String text, int number) {
    return number == 0 ? text : text + number;
  }
}
