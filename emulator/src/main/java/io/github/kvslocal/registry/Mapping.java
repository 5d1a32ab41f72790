package io.github.kvslocal.registry;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which channel is recorded into which stream; one to one. */
final class Mapping {
  private final Map<ChannelArn, StreamArn> streams = new HashMap<>();
  private final Map<StreamArn, ChannelArn> channels = new HashMap<>();

  Mapping(Map<ChannelArn, StreamArn> pairs) {
    pairs.forEach(this::put);
  }

  Map<ChannelArn, StreamArn> pairs() {
    return streams;
  }

  Optional<StreamArn> stream(ChannelArn channel) {
    return Optional.ofNullable(streams.get(channel));
  }

  Optional<ChannelArn> channel(StreamArn stream) {
    return Optional.ofNullable(channels.get(stream));
  }

  /** Maps two that are free, or each other's already. */
  void map(ChannelArn channel, StreamArn stream) throws RefusedException {
    StreamArn before = streams.get(channel);
    if (before != null && !before.equals(stream)) {
      throw new RefusedException(
          Reason.RESOURCE_IN_USE,
          "The channel is mapped to " + before + "; disable its media storage first.");
    }
    ChannelArn other = channels.get(stream);
    if (other != null && !other.equals(channel)) {
      throw new RefusedException(
          Reason.RESOURCE_IN_USE,
          "The stream is mapped to " + other + "; disable that channel's media storage first.");
    }
    put(channel, stream);
  }

  /** Whether there was something to end. */
  boolean unmap(ChannelArn channel) {
    StreamArn stream = streams.remove(channel);
    if (stream == null) {
      return false;
    }
    channels.remove(stream);
    return true;
  }

  /**
   * Declines to delete what is mapped. The first sentence is the service's own (AWS sample scripts,
   * kvs_cleanup, which look for it).
   */
  static RefusedException inUse(String word, Object other) {
    return new RefusedException(
        Reason.RESOURCE_IN_USE,
        "Disable MediaStorageConfiguration to delete the "
            + word
            + ". It is mapped to "
            + other
            + ".");
  }

  private void put(ChannelArn channel, StreamArn stream) {
    streams.put(channel, stream);
    channels.put(stream, channel);
  }
}
