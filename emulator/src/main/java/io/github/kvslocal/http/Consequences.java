package io.github.kvslocal.http;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.RegistryChange;
import io.github.kvslocal.registry.StreamConfigurations;
import io.github.kvslocal.runtime.RetainingFragmentStore;
import io.github.kvslocal.runtime.StorageService;

/** Tells each change of the registry to those who have to know it, before it is answered. */
final class Consequences implements RegistryChange.Listener {
  private final StorageService sessions;
  private final StreamConfigurations configurations;
  private final RetainingFragmentStore store;

  Consequences(
      StorageService sessions, StreamConfigurations configurations, RetainingFragmentStore store) {
    this.sessions = sessions;
    this.configurations = configurations;
    this.store = store;
  }

  @Override
  public void channelDeleted(ChannelArn channel) {
    sessions.channelDeleted(channel);
  }

  @Override
  public void storageEnded(ChannelArn channel, String why) {
    sessions.storageEnded(channel, why);
  }

  @Override
  public void retentionSet(StreamArn stream, int hours) {
    store.keep(stream, hours);
  }

  /** Nobody waits until its files are gone: whoever asks for them is told that they are. */
  @Override
  public void streamDeleted(StreamArn stream) {
    configurations.forget(stream);
    var unused = store.deleteStream(stream);
  }
}
