package io.github.kvslocal.registry;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Channels, streams and their mapping: which channel is recorded into which stream. One owner: its
 * caller sees to it that calls come one after the other.
 *
 * <p>Who asks finds a resource by its own owner first; the methods that change one take the ARN of
 * what was found. A version is checked unless it is the empty text, and every change gives a new
 * one, except that of tags and, as neither resource shows it, that of the mapping (AWS does not
 * say).
 */
public final class Registry {
  /** CreateSignalingChannel API page, SingleMasterConfiguration. */
  public static final int DEFAULT_MESSAGE_TTL_SECONDS = 60;

  /** UpdateDataRetention API page, DataRetentionChangeInHours: ten years. */
  public static final int LONGEST_RETENTION_HOURS = 87_600;

  private static final int READY_RETENTION_HOURS = 24;
  private static final String PARTITION = "aws";
  private static final String VERSION_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int VERSION_LENGTH = 20;

  private final ResourceTable<ChannelArn, SignalingChannel> channels;
  private final ResourceTable<StreamArn, MediaStream> streams;
  private final Mapping mapping;
  private final RandomGenerator random;

  /** A registry that goes on where another one stopped. */
  public Registry(RegistryState state, RandomGenerator random) {
    this.random = random;
    this.channels =
        new ResourceTable<>(ResourceKind.CHANNEL, state.channels(), state.newestDeletedMillis());
    this.streams =
        new ResourceTable<>(ResourceKind.STREAM, state.streams(), state.newestDeletedMillis());
    this.mapping = new Mapping(state.mapping());
  }

  /** What is known now; later changes do not show in it. */
  public RegistryState state() {
    return new RegistryState(
        channels.all(),
        streams.all(),
        mapping.pairs(),
        Math.max(channels.newestDeletedMillis(), streams.newestDeletedMillis()));
  }

  /** Creates a channel under a name that is free (CreateSignalingChannel). */
  public SignalingChannel createChannel(
      Owner owner, String name, ChannelType type, int messageTtlSeconds, Tags tags, Instant now)
      throws RefusedException {
    long created = channels.admit(owner, name, now);
    ChannelArn arn = new ChannelArn(PARTITION, owner.region(), owner.account(), name, created);
    return channels.put(new SignalingChannel(arn, type, messageTtlSeconds, newVersion(), tags));
  }

  /** The owner's channel of this name. */
  public SignalingChannel channel(Owner owner, String name) throws RefusedException {
    return channels.find(owner, name);
  }

  /** The channel of this ARN, if it is this owner's. */
  public SignalingChannel channel(Owner asking, ChannelArn arn) throws RefusedException {
    return channels.find(asking, arn);
  }

  /** The channel of this ARN, whoever asks. */
  public SignalingChannel channel(ChannelArn arn) throws RefusedException {
    return channels.find(arn);
  }

  /** The owner's channels by name (ListSignalingChannels). */
  public Page<SignalingChannel> channels(Owner owner, Page.Request request) {
    return channels.page(owner, request);
  }

  /** Changes how long messages wait (UpdateSignalingChannel). */
  public SignalingChannel updateChannel(ChannelArn arn, String version, int messageTtlSeconds)
      throws RefusedException {
    SignalingChannel before = channels.find(arn, version);
    return channels.put(
        new SignalingChannel(arn, before.type(), messageTtlSeconds, newVersion(), before.tags()));
  }

  /** Deletes a channel that is not recorded; its name is free at once (DeleteSignalingChannel). */
  public List<RegistryChange> deleteChannel(ChannelArn arn, String version)
      throws RefusedException {
    SignalingChannel channel = channels.find(arn, version);
    Optional<StreamArn> stream = mapping.stream(arn);
    if (stream.isPresent()) {
      throw Mapping.inUse("channel", stream.get());
    }
    channels.remove(channel);
    return List.of(new RegistryChange.ChannelDeleted(arn));
  }

  /** Adds or replaces tags (TagResource). */
  public SignalingChannel tag(ChannelArn arn, Map<String, String> tags) throws RefusedException {
    SignalingChannel channel = channels.find(arn);
    return channels.put(channel.with(channel.tags().with(tags)));
  }

  /** Removes tags (UntagResource). */
  public SignalingChannel untag(ChannelArn arn, Collection<String> keys) throws RefusedException {
    SignalingChannel channel = channels.find(arn);
    return channels.put(channel.with(channel.tags().without(keys)));
  }

  /** Creates a stream under a name that is free (CreateStream). */
  public MediaStream createStream(
      Owner owner, String name, MediaStream.Settings settings, Tags tags, Instant now)
      throws RefusedException {
    long created = streams.admit(owner, name, now);
    StreamArn arn = new StreamArn(PARTITION, owner.region(), owner.account(), name, created);
    return streams.put(new MediaStream(arn, settings, newVersion(), tags));
  }

  /** The owner's stream of this name. */
  public MediaStream stream(Owner owner, String name) throws RefusedException {
    return streams.find(owner, name);
  }

  /** The stream of this ARN, if it is this owner's. */
  public MediaStream stream(Owner asking, StreamArn arn) throws RefusedException {
    return streams.find(asking, arn);
  }

  /** The stream of this ARN, whoever asks. */
  public MediaStream stream(StreamArn arn) throws RefusedException {
    return streams.find(arn);
  }

  /** The owner's streams by name (ListStreams). */
  public Page<MediaStream> streams(Owner owner, Page.Request request) {
    return streams.page(owner, request);
  }

  /** Describes a stream anew; an empty text leaves what there was (UpdateStream). */
  public MediaStream updateStream(
      StreamArn arn, String version, String mediaType, String deviceName) throws RefusedException {
    MediaStream before = streams.find(arn, version);
    return change(before, before.settings().described(mediaType, deviceName));
  }

  /**
   * Lengthens or shortens, by a negative number, how long media is kept (UpdateDataRetention). AWS
   * does not say what becomes of a channel that is recorded into a stream which now keeps nothing:
   * here it stays mapped, and its storage session ends.
   */
  public List<RegistryChange> changeRetention(StreamArn arn, String version, int byHours)
      throws RefusedException {
    MediaStream before = streams.find(arn, version);
    long hours = (long) before.settings().retentionHours() + byHours;
    if (hours < 0 || hours > LONGEST_RETENTION_HOURS) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The data retention would be %d hours; it is %d now and can be 0 to %d."
              .formatted(hours, before.settings().retentionHours(), LONGEST_RETENTION_HOURS));
    }
    change(before, before.settings().withRetention((int) hours));
    RegistryChange.RetentionSet retention = new RegistryChange.RetentionSet(arn, (int) hours);
    Optional<ChannelArn> channel = mapping.channel(arn);
    return hours > 0 || channel.isEmpty()
        ? List.of(retention)
        : List.of(
            new RegistryChange.StorageEnded(
                channel.get(), "the stream " + arn.name() + " keeps no data any more"),
            retention);
  }

  /** Keeps a stream's media in another way (UpdateStreamStorageConfiguration). */
  public MediaStream changeStorageTier(StreamArn arn, String version, StorageTier tier)
      throws RefusedException {
    MediaStream before = streams.find(arn, version);
    return change(before, before.settings().withStorageTier(tier));
  }

  /** Deletes a stream that no channel is recorded into; its name is free at once (DeleteStream). */
  public List<RegistryChange> deleteStream(StreamArn arn, String version) throws RefusedException {
    MediaStream stream = streams.find(arn, version);
    Optional<ChannelArn> channel = mapping.channel(arn);
    if (channel.isPresent()) {
      throw Mapping.inUse("stream", channel.get());
    }
    streams.remove(stream);
    return List.of(new RegistryChange.StreamDeleted(arn));
  }

  /** Adds or replaces tags (TagStream). */
  public MediaStream tag(StreamArn arn, Map<String, String> tags) throws RefusedException {
    MediaStream stream = streams.find(arn);
    return streams.put(stream.with(stream.tags().with(tags)));
  }

  /** Removes tags (UntagStream). */
  public MediaStream untag(StreamArn arn, Collection<String> keys) throws RefusedException {
    MediaStream stream = streams.find(arn);
    return streams.put(stream.with(stream.tags().without(keys)));
  }

  /**
   * Maps a channel to the stream it is recorded into (UpdateMediaStorageConfiguration, ENABLED).
   * The stream has to keep its media, and neither may be mapped to something else. Saying it twice
   * is no error.
   */
  public void map(ChannelArn channelArn, StreamArn streamArn) throws RefusedException {
    SignalingChannel channel = channel(channelArn);
    MediaStream stream = stream(streamArn);
    if (channel.type() != ChannelType.SINGLE_MASTER) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "Media storage works for channels of type SINGLE_MASTER only, but this one is "
              + channel.type()
              + ".");
    }
    stream.requireRetention();
    mapping.map(channelArn, streamArn);
  }

  /** Ends the mapping of a channel, if it has one (UpdateMediaStorageConfiguration, DISABLED). */
  public List<RegistryChange> unmap(ChannelArn arn) throws RefusedException {
    return mapping.unmap(channel(arn).arn())
        ? List.of(new RegistryChange.StorageEnded(arn, "media storage was disabled"))
        : List.of();
  }

  /** The stream that this channel is mapped to, if it is. */
  public Optional<StreamArn> mappedStream(ChannelArn arn) throws RefusedException {
    return mapping.stream(channel(arn).arn());
  }

  /** The channel that is mapped to this stream, if one is. */
  public Optional<ChannelArn> mappedChannel(StreamArn arn) throws RefusedException {
    return mapping.channel(stream(arn).arn());
  }

  /** The stream that this owner's channel is mapped to, if it can be recorded now. */
  public StreamArn streamToJoin(Owner asking, ChannelArn arn) throws RefusedException {
    Optional<StreamArn> stream = mappedStream(channel(asking, arn).arn());
    if (stream.isEmpty()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "Media storage is not enabled for the channel "
              + arn.name()
              + "; call UpdateMediaStorageConfiguration with Status ENABLED first.");
    }
    if (stream(stream.get()).settings().retentionHours() == 0) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The stream "
              + stream.get().name()
              + " keeps no data; call UpdateDataRetention to increase its retention first.");
    }
    return stream.get();
  }

  /**
   * Sees to it that a channel can be recorded at once: channel, stream of the same name with 24
   * hours of retention, mapping. What exists stays as it is.
   */
  public SignalingChannel ready(Owner owner, String name, Instant now) throws RefusedException {
    SignalingChannel channel =
        channels.has(owner, name)
            ? channel(owner, name)
            : createChannel(
                owner,
                name,
                ChannelType.SINGLE_MASTER,
                DEFAULT_MESSAGE_TTL_SECONDS,
                Tags.NONE,
                now);
    if (mapping.stream(channel.arn()).isEmpty()) {
      MediaStream stream =
          streams.has(owner, name)
              ? stream(owner, name)
              : createStream(
                  owner, name, MediaStream.Settings.keeping(READY_RETENTION_HOURS), Tags.NONE, now);
      map(channel.arn(), stream.arn());
    }
    return channel;
  }

  private MediaStream change(MediaStream stream, MediaStream.Settings settings) {
    return streams.put(new MediaStream(stream.arn(), settings, newVersion(), stream.tags()));
  }

  private String newVersion() {
    StringBuilder version = new StringBuilder(VERSION_LENGTH);
    for (int i = 0; i < VERSION_LENGTH; i++) {
      version.append(VERSION_LETTERS.charAt(random.nextInt(VERSION_LETTERS.length())));
    }
    return version.toString();
  }
}
