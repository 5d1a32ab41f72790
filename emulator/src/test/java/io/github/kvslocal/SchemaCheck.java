package io.github.kvslocal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As much of JSON Schema as our own description of the administration uses. */
record SchemaCheck(JsonNode document) {
  /** What is wrong with a value; empty if nothing is. */
  List<String> complaints(JsonNode schema, JsonNode value, String path) {
    if (schema.isMissingNode()) {
      return List.of(path + " is not described");
    }
    if (schema.has("$ref")) {
      return complaints(document.at(schema.path("$ref").asText().substring(1)), value, path);
    }
    List<String> complaints = new ArrayList<>();
    String type = schema.path("type").asText();
    if (!isOf(type, value)) {
      complaints.add(path + " is no " + type + ": " + value);
    }
    if (schema.has("enum")) {
      List<String> allowed = new ArrayList<>();
      schema.path("enum").forEach(each -> allowed.add(each.asText()));
      if (!allowed.contains(value.asText())) {
        complaints.add(path + " is none of " + allowed + ": " + value);
      }
    }
    schema
        .path("required")
        .forEach(
            member -> {
              if (!value.has(member.asText())) {
                complaints.add(path + " lacks " + member.asText());
              }
            });
    if (type.equals("object") && schema.has("properties")) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        JsonNode inner = schema.path("properties").path(member.getKey());
        if (!inner.isMissingNode() || schema.has("additionalProperties")) {
          complaints.addAll(complaints(inner, member.getValue(), path + "/" + member.getKey()));
        }
      }
    }
    if (type.equals("array")) {
      for (JsonNode element : value) {
        complaints.addAll(complaints(schema.path("items"), element, path + "/-"));
      }
    }
    return complaints;
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      default -> false;
    };
  }
}
