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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configurations of streams in one JSON file, {@code configurations.json}, beside the
 * registry's and replaced as that is. As long as there never was one, there is no file.
 */
public final class DiskConfigurations {
  private static final Logger LOG = LoggerFactory.getLogger(DiskConfigurations.class);
  private static final int FORMAT = 1;

  private final ObjectMapper mapper = new ObjectMapper();
  private final AtomicFile file;
  private ConfigurationState onDisk = ConfigurationState.EMPTY;

  /** The file in this directory, which has to exist. */
  public DiskConfigurations(Path directory) {
    this.file = new AtomicFile(directory, "configurations.json");
  }

  /**
   * Reads what was saved last. A file that cannot be understood is set aside under another name,
   * reported, and no stream has a configuration.
   */
  public synchronized ConfigurationState load() throws IOException {
    if (!Files.exists(file.path())) {
      return ConfigurationState.EMPTY;
    }
    byte[] bytes = Files.readAllBytes(file.path());
    try {
      onDisk = read(mapper.readTree(bytes));
    } catch (JsonProcessingException | RefusedException | IllegalArgumentException e) {
      LOG.atError()
          .addKeyValue("file", file.path())
          .addKeyValue("keptAs", file.setAside())
          .addKeyValue("complaint", e.getMessage())
          .log("configurations of streams are damaged and were set aside; starting without them");
      onDisk = ConfigurationState.EMPTY;
    }
    return onDisk;
  }

  /**
   * Replaces what was saved before, if it is not the same; returns when it is on the disk. Callers
   * take turns.
   */
  public synchronized void save(ConfigurationState state) throws IOException {
    if (!state.equals(onDisk)) {
      file.replace(mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(write(state)));
      onDisk = state;
    }
  }

  private ObjectNode write(ConfigurationState state) throws JsonProcessingException {
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

  private static ConfigurationState read(JsonNode root) throws RefusedException {
    if (root.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException("format " + root.path("format") + " is not " + FORMAT);
    }
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
