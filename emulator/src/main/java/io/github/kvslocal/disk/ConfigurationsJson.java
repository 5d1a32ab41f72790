package io.github.kvslocal.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.ConfigurationKind;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.EdgeConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The configurations of streams as JSON. */
final class ConfigurationsJson implements StateFile.Format<ConfigurationState> {
  private static final int FORMAT = 1;

  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public int newest() {
    return FORMAT;
  }

  @Override
  public ObjectNode write(ConfigurationState state) throws JsonProcessingException {
    ObjectNode root = mapper.createObjectNode().put("format", FORMAT);
    for (Map.Entry<StreamArn, Map<ConfigurationKind, String>> entry :
        state.documents().entrySet()) {
      ObjectNode node = root.withArray("streams").addObject().put("arn", entry.getKey().toString());
      for (Map.Entry<ConfigurationKind, String> kept : entry.getValue().entrySet()) {
        node.set(kept.getKey().name(), mapper.readTree(kept.getValue()));
      }
    }
    for (EdgeConfiguration edge : state.edges()) {
      root.withArray("edges")
          .addObject()
          .put("stream", edge.stream().toString())
          .put("hubDevice", edge.hubDevice())
          .put("createdAtMillis", edge.createdAt().toEpochMilli())
          .put("updatedAtMillis", edge.updatedAt().toEpochMilli())
          .set("document", mapper.readTree(edge.document()));
    }
    return root;
  }

  @Override
  public ConfigurationState read(JsonNode root) throws RefusedException {
    Map<StreamArn, Map<ConfigurationKind, String>> documents = new LinkedHashMap<>();
    for (JsonNode node : root.path("streams")) {
      Map<ConfigurationKind, String> kept = new EnumMap<>(ConfigurationKind.class);
      for (ConfigurationKind kind : ConfigurationKind.values()) {
        if (node.has(kind.name())) {
          kept.put(kind, object(node.path(kind.name())));
        }
      }
      documents.put(StreamArn.parse(node.path("arn").asText()), kept);
    }
    List<EdgeConfiguration> edges = new ArrayList<>();
    for (JsonNode node : root.path("edges")) {
      edges.add(
          new EdgeConfiguration(
              StreamArn.parse(node.path("stream").asText()),
              node.path("hubDevice").asText(),
              object(node.path("document")),
              Instant.ofEpochMilli(node.path("createdAtMillis").asLong()),
              Instant.ofEpochMilli(node.path("updatedAtMillis").asLong())));
    }
    return new ConfigurationState(documents, edges);
  }

  private static String object(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("a configuration is no JSON object: " + node);
    }
    return node.toString();
  }
}
