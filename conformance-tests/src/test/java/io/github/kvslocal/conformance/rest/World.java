package io.github.kvslocal.conformance.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.sdk.Access;
import io.github.kvslocal.conformance.sdk.Service;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one run of a row knows: whom it calls as, and the names for what exists. */
final class World {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
  private static final Pattern NAME = Pattern.compile("\\$\\{([^}]+)}");

  private final JsonClient client;
  private final Access access;
  private final Map<String, String> known = new HashMap<>();

  World(JsonClient client, Access access) {
    this.client = client.as(access);
    this.access = access;
    know("account", access.accessKey());
    know("missing.channel", arn("channel/nowhere/1700000000000"));
    know("missing.stream", arn("stream/nowhere/1700000000000"));
    know("endpoint", access.endpoint().toString());
    know("socket", "wss://" + access.endpoint().getAuthority());
  }

  private String arn(String resource) {
    return "arn:aws:kinesisvideo:%s:%s:%s".formatted(access.region(), access.accessKey(), resource);
  }

  Access access() {
    return access;
  }

  /** From here on <code>${name}</code> stands for the value. */
  void know(String name, String value) {
    known.put(name, value);
  }

  /** The texts among these members are known under {@code output.} and their names. */
  void knowOutput(JsonNode members) {
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      if (member.getValue().isTextual()) {
        know("output." + member.getKey(), member.getValue().asText());
      }
    }
  }

  /**
   * Calls without an SDK.
   *
   * @throws IllegalStateException if that does not succeed
   */
  JsonNode call(Service service, String operation, String input) {
    return client.succeed(service.path(operation), object(input));
  }

  /** Others who call the same again and again without an SDK. */
  Rush rush(Row.Call call) {
    return new Rush(client, call.service().path(call.operation()), object(call.input()));
  }

  /**
   * Reads JSON in which single quotes are allowed and names stand for values.
   *
   * @throws IllegalArgumentException if it is none, or a name is not known
   */
  ObjectNode object(String json) {
    try {
      return (ObjectNode) MAPPER.readTree(filled(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + json, e);
    }
  }

  private String filled(String text) {
    return NAME.matcher(text)
        .replaceAll(
            name -> {
              String value = known.get(name.group(1));
              if (value == null) {
                throw new IllegalArgumentException(name.group() + " is not known in " + text);
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
