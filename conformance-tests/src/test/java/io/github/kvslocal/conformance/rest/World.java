package io.github.kvslocal.conformance.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.sdk.Access;
import io.github.kvslocal.conformance.sdk.Service;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * What one run of a row knows: whom it calls as, the names for what exists, and the masters that
 * are there until it is closed.
 */
final class World implements AutoCloseable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();
  private static final Pattern NAME = Pattern.compile("\\$\\{([^}]+)}");

  private final JsonClient client;
  private final Access access;
  private final SSLContext tls;
  private final Map<String, String> known = new HashMap<>();
  private final List<AnsweringMaster> masters = new ArrayList<>();

  World(JsonClient client, Access access, SSLContext tls) {
    this.client = client.as(access);
    this.access = access;
    this.tls = tls;
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

  /** Has a master of this channel open its socket, who answers every offer. */
  void openMaster(String channel) {
    URI address =
        URI.create(
            call(
                    Service.KINESIS_VIDEO,
                    "GetSignalingChannelEndpoint",
                    "{'ChannelARN':'${%s}','SingleMasterChannelEndpointConfiguration':{'Protocols':['WSS'],'Role':'MASTER'}}"
                        .formatted(channel))
                .at("/ResourceEndpointList/0/ResourceEndpoint")
                .asText());
    masters.add(AnsweringMaster.at(address, filled("${" + channel + "}"), access, tls));
  }

  @Override
  public void close() {
    masters.forEach(AnsweringMaster::close);
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
