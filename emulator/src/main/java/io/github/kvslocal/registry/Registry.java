package io.github.kvslocal.registry;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Channels, streams and which channel is recorded into which stream. One owner: its caller sees to
 * it that calls come one after the other.
 */
public final class Registry {
  /** CreateSignalingChannel API page, SingleMasterConfiguration. */
  public static final int DEFAULT_MESSAGE_TTL_SECONDS = 60;

  private static final int READY_RETENTION_HOURS = 24;
  private static final String VERSION_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int VERSION_LENGTH = 20;

  private record Name(Owner owner, String name) {}

  private final Map<Name, SignalingChannel> channels = new LinkedHashMap<>();
  private final Map<Name, MediaStream> streams = new LinkedHashMap<>();
  private final Map<ChannelArn, StreamArn> recordings = new LinkedHashMap<>();
  private final RandomGenerator random;

  /** A registry that goes on where another one stopped. */
  public Registry(RegistryState state, RandomGenerator random) {
    this.random = random;
    state.channels().forEach(channel -> channels.put(nameOf(channel.arn()), channel));
    state.streams().forEach(stream -> streams.put(nameOf(stream.arn()), stream));
    recordings.putAll(state.recordings());
  }

  /** What is known now; later changes do not show in it. */
  public RegistryState state() {
    return new RegistryState(
        new ArrayList<>(channels.values()), new ArrayList<>(streams.values()), recordings);
  }

  /** Creates a channel under a name that is free (CreateSignalingChannel). */
  public SignalingChannel createChannel(
      Owner owner, String name, ChannelType type, int messageTtlSeconds, Instant now)
      throws RefusedException {
    Name key = new Name(owner, name);
    if (channels.containsKey(key)) {
      throw new RefusedException(Reason.NAME_IN_USE, "The channel " + name + " already exists.");
    }
    ChannelArn arn =
        new ChannelArn("aws", owner.region(), owner.account(), name, now.toEpochMilli());
    SignalingChannel channel = new SignalingChannel(arn, type, messageTtlSeconds, newVersion());
    channels.put(key, channel);
    return channel;
  }

  /** The channel of this name. */
  public SignalingChannel channel(Owner owner, String name) throws RefusedException {
    SignalingChannel channel = channels.get(new Name(owner, name));
    if (channel == null) {
      throw noSuchChannel();
    }
    return channel;
  }

  /** The channel of this ARN; one of the same name but created at another time is another one. */
  public SignalingChannel channel(ChannelArn arn) throws RefusedException {
    SignalingChannel channel = channels.get(nameOf(arn));
    if (channel == null || !channel.arn().equals(arn)) {
      throw noSuchChannel();
    }
    return channel;
  }

  /** Creates a stream under a name that is free (CreateStream). */
  public MediaStream createStream(
      Owner owner, String name, MediaStream.Settings settings, Instant now)
      throws RefusedException {
    Name key = new Name(owner, name);
    if (streams.containsKey(key)) {
      throw new RefusedException(Reason.NAME_IN_USE, "The stream " + name + " already exists.");
    }
    StreamArn arn = new StreamArn("aws", owner.region(), owner.account(), name, now.toEpochMilli());
    MediaStream stream = new MediaStream(arn, settings, newVersion());
    streams.put(key, stream);
    return stream;
  }

  /** The stream of this name. */
  public MediaStream stream(Owner owner, String name) throws RefusedException {
    MediaStream stream = streams.get(new Name(owner, name));
    if (stream == null) {
      throw noSuchStream();
    }
    return stream;
  }

  /** The stream of this ARN; one of the same name but created at another time is another one. */
  public MediaStream stream(StreamArn arn) throws RefusedException {
    MediaStream stream = streams.get(nameOf(arn));
    if (stream == null || !stream.arn().equals(arn)) {
      throw noSuchStream();
    }
    return stream;
  }

  /**
   * Has a channel recorded into a stream (UpdateMediaStorageConfiguration, ENABLED). The stream has
   * to keep its media, and neither may be mapped to something else. Saying it twice is no error.
   */
  public void enableStorage(ChannelArn channelArn, StreamArn streamArn) throws RefusedException {
    SignalingChannel channel = channel(channelArn);
    MediaStream stream = stream(streamArn);
    if (channel.type() != ChannelType.SINGLE_MASTER) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "media storage works for channels of type SINGLE_MASTER only, but this one is "
              + channel.type());
    }
    if (stream.settings().retentionHours() == 0) {
      throw new RefusedException(
          Reason.NO_DATA_RETENTION,
          "The stream "
              + streamArn.name()
              + " keeps no data; its DataRetentionInHours has to be greater than 0.");
    }
    StreamArn current = recordings.get(channelArn);
    if (current != null && !current.equals(streamArn)) {
      throw new RefusedException(
          Reason.RESOURCE_IN_USE,
          "The channel is mapped to " + current + "; disable its media storage first.");
    }
    for (Map.Entry<ChannelArn, StreamArn> other : recordings.entrySet()) {
      if (other.getValue().equals(streamArn) && !other.getKey().equals(channelArn)) {
        throw new RefusedException(
            Reason.RESOURCE_IN_USE, "The stream is mapped to " + other.getKey() + ".");
      }
    }
    recordings.put(channelArn, streamArn);
  }

  /** Has a channel recorded no longer (UpdateMediaStorageConfiguration, DISABLED). */
  public void disableStorage(ChannelArn channelArn) throws RefusedException {
    recordings.remove(channel(channelArn).arn());
  }

  /** The stream that this channel is recorded into, if it is. */
  public Optional<StreamArn> storage(ChannelArn channelArn) throws RefusedException {
    return Optional.ofNullable(recordings.get(channel(channelArn).arn()));
  }

  /**
   * Sees to it that a channel can be recorded at once: channel, stream of the same name with 24
   * hours of retention, mapping. What exists stays as it is.
   */
  public SignalingChannel ready(Owner owner, String name, Instant now) throws RefusedException {
    Name key = new Name(owner, name);
    SignalingChannel channel = channels.get(key);
    if (channel == null) {
      channel =
          createChannel(owner, name, ChannelType.SINGLE_MASTER, DEFAULT_MESSAGE_TTL_SECONDS, now);
    }
    if (!recordings.containsKey(channel.arn())) {
      MediaStream stream = streams.get(key);
      if (stream == null) {
        stream =
            createStream(owner, name, MediaStream.Settings.keeping(READY_RETENTION_HOURS), now);
      }
      enableStorage(channel.arn(), stream.arn());
    }
    return channel;
  }

  /** All streams, oldest first. */
  public List<MediaStream> streams() {
    return List.copyOf(streams.values());
  }

  private String newVersion() {
    StringBuilder version = new StringBuilder(VERSION_LENGTH);
    for (int i = 0; i < VERSION_LENGTH; i++) {
      version.append(VERSION_LETTERS.charAt(random.nextInt(VERSION_LETTERS.length())));
    }
    return version.toString();
  }

  private static Name nameOf(ChannelArn arn) {
    return new Name(new Owner(arn.account(), arn.region()), arn.name());
  }

  private static Name nameOf(StreamArn arn) {
    return new Name(new Owner(arn.account(), arn.region()), arn.name());
  }

  private static RefusedException noSuchChannel() {
    return new RefusedException(
        Reason.NO_SUCH_CHANNEL, "The requested channel is not found or not active.");
  }

  private static RefusedException noSuchStream() {
    return new RefusedException(
        Reason.NO_SUCH_STREAM, "The requested stream is not found or not active.");
  }
}
