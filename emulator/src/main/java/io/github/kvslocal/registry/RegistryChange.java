package io.github.kvslocal.registry;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.StreamArn;

/** What a change of the registry means for whoever goes by a channel or a stream. */
public sealed interface RegistryChange {
  /** Tells it. */
  void tell(Listener listener);

  /** One method per change: adding a change breaks the build of every listener. */
  interface Listener {
    /** A channel is no more: nobody may stay connected to it. */
    void channelDeleted(ChannelArn channel);

    /**
     * A channel is recorded no longer; its sockets may stay.
     *
     * @param why for a person to read
     */
    void storageEnded(ChannelArn channel, String why);

    /**
     * A stream is new, or keeps its fragments for another time than before.
     *
     * @param hours 0 keeps nothing
     */
    void retentionSet(StreamArn stream, int hours);

    /** A stream, into which no channel was recorded any more, is no more. */
    void streamDeleted(StreamArn stream);
  }

  /** A channel is no more. */
  record ChannelDeleted(ChannelArn channel) implements RegistryChange {
    @Override
    public void tell(Listener listener) {
      listener.channelDeleted(channel);
    }
  }

  /** A channel is recorded no longer. */
  record StorageEnded(ChannelArn channel, String why) implements RegistryChange {
    @Override
    public void tell(Listener listener) {
      listener.storageEnded(channel, why);
    }
  }

  /** A stream keeps its fragments for so many hours. */
  record RetentionSet(StreamArn stream, int hours) implements RegistryChange {
    @Override
    public void tell(Listener listener) {
      listener.retentionSet(stream, hours);
    }
  }

  /** A stream is no more. */
  record StreamDeleted(StreamArn stream) implements RegistryChange {
    @Override
    public void tell(Listener listener) {
      listener.streamDeleted(stream);
    }
  }
}
