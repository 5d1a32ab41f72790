package io.github.kvslocal.disk;

import static io.github.kvslocal.disk.JsonFields.number;
import static io.github.kvslocal.disk.JsonFields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.ChannelType;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Registry;
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
import java.util.regex.Pattern;

/**
 * The registry's state as JSON. Format 2 has tags, storage tiers and the newest deletion more than
 * format 1, which can still be read.
 */
final class RegistryJson implements StateFile.Format<RegistryState> {
  private static final int FORMAT = 2;
  private static final Pattern VERSION = Pattern.compile("[a-zA-Z0-9]{1,64}");

  @Override
  public int newest() {
    return FORMAT;
  }

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
    List<SignalingChannel> channels = new ArrayList<>();
    List<MediaStream> streams = new ArrayList<>();
    Map<ChannelArn, StreamArn> mapping = new LinkedHashMap<>();
    for (JsonNode node : root.path("channels")) {
      SignalingChannel channel = channel(node);
      channels.add(channel);
      if (node.has("recordedInto")) {
        mapping.put(channel.arn(), StreamArn.parse(text(node, "recordedInto")));
      }
    }
    for (JsonNode node : root.path("streams")) {
      streams.add(stream(node));
    }
    requireOneEach(channels.stream().map(SignalingChannel::arn).map(RegistryJson::named).toList());
    requireOneEach(streams.stream().map(MediaStream::arn).map(RegistryJson::named).toList());
    requireOneToOne(mapping, streams);
    return new RegistryState(channels, streams, mapping, root.path("newestDeletedMillis").asLong());
  }

  private static List<String> named(ChannelArn arn) {
    return List.of(arn.account(), arn.region(), arn.name());
  }

  private static List<String> named(StreamArn arn) {
    return List.of(arn.account(), arn.region(), arn.name());
  }

  /** Of two of one name, one would never be found again. */
  private static void requireOneEach(List<List<String>> names) {
    Set<List<String>> known = new HashSet<>();
    for (List<String> name : names) {
      if (!known.add(name)) {
        throw new IllegalArgumentException("two resources have the name " + name);
      }
    }
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
    ChannelArn arn = ChannelArn.parse(text(node, "arn"));
    ChannelType type = ChannelType.valueOf(text(node, "type"));
    if (type != ChannelType.SINGLE_MASTER && node.has("recordedInto")) {
      throw new IllegalArgumentException(arn + " is recorded, but its type is " + type);
    }
    return new SignalingChannel(
        arn, type, number(node, "messageTtlSeconds", 5, 120), version(node), tags(node));
  }

  private static MediaStream stream(JsonNode node) throws RefusedException {
    return new MediaStream(
        StreamArn.parse(text(node, "arn")),
        new MediaStream.Settings(
            number(node, "retentionHours", 0, Registry.LONGEST_RETENTION_HOURS),
            text(node, "mediaType"),
            text(node, "deviceName"),
            text(node, "kmsKeyId"),
            node.has("storageTier")
                ? StorageTier.valueOf(text(node, "storageTier"))
                : StorageTier.HOT),
        version(node),
        tags(node));
  }

  private static String version(JsonNode node) {
    String version = text(node, "version");
    if (!VERSION.matcher(version).matches()) {
      throw new IllegalArgumentException("no version of a resource: " + version);
    }
    return version;
  }

  private static Tags tags(JsonNode node) {
    TreeMap<String, String> pairs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> tag : node.path("tags").properties()) {
      pairs.put(tag.getKey(), text(node.path("tags"), tag.getKey()));
    }
    if (pairs.size() > Tags.MOST) {
      throw new IllegalArgumentException("more than " + Tags.MOST + " tags");
    }
    return new Tags(pairs);
  }
}
