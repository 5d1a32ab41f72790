package io.github.kvslocal.disk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.ChannelType;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.registry.SignalingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's state in one JSON file, {@code registry.json}, replaced as a whole with each
 * change, so that a crash leaves the old or the new one.
 */
public final class DiskRegistry {
  private static final Logger LOG = LoggerFactory.getLogger(DiskRegistry.class);
  private static final int FORMAT = 1;

  private final ObjectMapper mapper = new ObjectMapper();
  private final Path file;

  /** The registry's file in this directory, which has to exist. */
  public DiskRegistry(Path directory) {
    this.file = directory.resolve("registry.json");
  }

  /**
   * Reads what was saved last. A file that cannot be understood is set aside under another name,
   * reported, and the registry starts empty.
   */
  public RegistryState load() throws IOException {
    if (!Files.exists(file)) {
      return RegistryState.EMPTY;
    }
    byte[] bytes = Files.readAllBytes(file);
    try {
      return read(mapper.readTree(bytes));
    } catch (JsonProcessingException | RefusedException | IllegalArgumentException e) {
      Path aside = file.resolveSibling("registry.json.damaged-" + file.toFile().lastModified());
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.atError()
          .addKeyValue("file", file)
          .addKeyValue("keptAs", aside)
          .addKeyValue("complaint", e.getMessage())
          .log("registry is damaged and was set aside; starting without channels and streams");
      return RegistryState.EMPTY;
    }
  }

  /** Replaces what was saved before; returns when it is on the disk. Callers take turns. */
  public synchronized void save(RegistryState state) throws IOException {
    byte[] bytes = mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(write(state));
    Path fresh = file.resolveSibling("registry.json.new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private ObjectNode write(RegistryState state) {
    ObjectNode root = mapper.createObjectNode().put("format", FORMAT);
    for (SignalingChannel channel : state.channels()) {
      ObjectNode node =
          root.withArray("channels")
              .addObject()
              .put("arn", channel.arn().toString())
              .put("type", channel.type().name())
              .put("messageTtlSeconds", channel.messageTtlSeconds())
              .put("version", channel.version());
      StreamArn stream = state.recordings().get(channel.arn());
      if (stream != null) {
        node.put("recordedInto", stream.toString());
      }
    }
    for (MediaStream stream : state.streams()) {
      root.withArray("streams")
          .addObject()
          .put("arn", stream.arn().toString())
          .put("retentionHours", stream.settings().retentionHours())
          .put("mediaType", stream.settings().mediaType())
          .put("deviceName", stream.settings().deviceName())
          .put("kmsKeyId", stream.settings().kmsKeyId())
          .put("version", stream.version());
    }
    return root;
  }

  private static RegistryState read(JsonNode root) throws RefusedException {
    if (root.path("format").asInt() != FORMAT) {
      throw new IllegalArgumentException("format " + root.path("format") + " is not " + FORMAT);
    }
    List<SignalingChannel> channels = new ArrayList<>();
    List<MediaStream> streams = new ArrayList<>();
    Map<ChannelArn, StreamArn> recordings = new LinkedHashMap<>();
    for (JsonNode node : root.path("channels")) {
      ChannelArn arn = ChannelArn.parse(node.path("arn").asText());
      channels.add(
          new SignalingChannel(
              arn,
              ChannelType.valueOf(node.path("type").asText()),
              node.path("messageTtlSeconds").asInt(),
              node.path("version").asText()));
      if (node.has("recordedInto")) {
        recordings.put(arn, StreamArn.parse(node.path("recordedInto").asText()));
      }
    }
    for (JsonNode node : root.path("streams")) {
      streams.add(
          new MediaStream(
              StreamArn.parse(node.path("arn").asText()),
              new MediaStream.Settings(
                  node.path("retentionHours").asInt(),
                  node.path("mediaType").asText(),
                  node.path("deviceName").asText(),
                  node.path("kmsKeyId").asText()),
              node.path("version").asText()));
    }
    return new RegistryState(channels, streams, recordings);
  }
}
