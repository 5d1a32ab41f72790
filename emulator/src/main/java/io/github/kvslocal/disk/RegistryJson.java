package io.github.kvslocal.disk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.ChannelType;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.registry.SignalingChannel;
import io.github.kvslocal.registry.StorageTier;
import io.github.kvslocal.registry.Tags;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The registry's state as JSON. Format 2 has tags, storage tiers and the newest deletion more than
 * format 1, which can still be read.
 */
final class RegistryJson implements StateFile.Format<RegistryState> {
  private static final int FORMAT = 2;

  @Override
  public ObjectNode write(RegistryState state) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT).put("newestDeletedMillis", state.newestDeletedMillis());
    for (SignalingChannel channel : state.channels()) {
      ObjectNode node = root.withArray("channels").addObject();
      write(channel, node);
      StreamArn stream = state.mapping().get(channel.arn());
      if (stream != null) {
        node.put("recordedInto", stream.toString());
      }
    }
    for (MediaStream stream : state.streams()) {
      write(stream, root.withArray("streams").addObject());
    }
    return root;
  }

  private static void write(SignalingChannel channel, ObjectNode node) {
    node.put("arn", channel.arn().toString())
        .put("type", channel.type().name())
        .put("messageTtlSeconds", channel.messageTtlSeconds())
        .put("version", channel.version());
    write(channel.tags(), node);
  }

  private static void write(MediaStream stream, ObjectNode node) {
    MediaStream.Settings settings = stream.settings();
    node.put("arn", stream.arn().toString())
        .put("retentionHours", settings.retentionHours())
        .put("mediaType", settings.mediaType())
        .put("deviceName", settings.deviceName())
        .put("kmsKeyId", settings.kmsKeyId())
        .put("storageTier", settings.storageTier().name())
        .put("version", stream.version());
    write(stream.tags(), node);
  }

  private static void write(Tags tags, ObjectNode node) {
    if (!tags.pairs().isEmpty()) {
      ObjectNode pairs = node.putObject("tags");
      tags.pairs().forEach(pairs::put);
    }
  }

  /** Reads either format. */
  @Override
  public RegistryState read(JsonNode root) throws RefusedException {
    int format = root.path("format").asInt();
    if (format < 1 || format > FORMAT) {
      throw new IllegalArgumentException(
          "format " + root.path("format") + " is none from 1 to " + FORMAT);
    }
    List<SignalingChannel> channels = new ArrayList<>();
    List<MediaStream> streams = new ArrayList<>();
    Map<ChannelArn, StreamArn> mapping = new LinkedHashMap<>();
    for (JsonNode node : root.path("channels")) {
      SignalingChannel channel = channel(node);
      channels.add(channel);
      if (node.has("recordedInto")) {
        mapping.put(channel.arn(), StreamArn.parse(node.path("recordedInto").asText()));
      }
    }
    for (JsonNode node : root.path("streams")) {
      streams.add(stream(node));
    }
    requireOneToOne(mapping, streams);
    return new RegistryState(
        channels, streams, mapping, root.path("newestDeletedMillis").asLong());
  }

  private static void requireOneToOne(
      Map<ChannelArn, StreamArn> mapping, List<MediaStream> streams) {
    Set<StreamArn> free = new HashSet<>();
    streams.forEach(stream -> free.add(stream.arn()));
    mapping.forEach(
        (channel, stream) -> {
          if (!free.remove(stream)) {
            throw new IllegalArgumentException(
                channel + " is recorded into " + stream + ", which is not there or not free");
          }
        });
  }

  private static SignalingChannel channel(JsonNode node) throws RefusedException {
    return new SignalingChannel(
        ChannelArn.parse(node.path("arn").asText()),
        ChannelType.valueOf(node.path("type").asText()),
        node.path("messageTtlSeconds").asInt(),
        node.path("version").asText(),
        tags(node));
  }

  private static MediaStream stream(JsonNode node) throws RefusedException {
    return new MediaStream(
        StreamArn.parse(node.path("arn").asText()),
        new MediaStream.Settings(
            node.path("retentionHours").asInt(),
            node.path("mediaType").asText(),
            node.path("deviceName").asText(),
            node.path("kmsKeyId").asText(),
            StorageTier.valueOf(node.path("storageTier").asText(StorageTier.HOT.name()))),
        node.path("version").asText(),
        tags(node));
  }

  private static Tags tags(JsonNode node) {
    TreeMap<String, String> pairs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> tag : node.path("tags").properties()) {
      pairs.put(tag.getKey(), tag.getValue().asText());
    }
    return new Tags(pairs);
  }
}
