package io.github.kvslocal.registry;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.StreamArn;
import java.util.List;
import java.util.Map;

/**
 * All that a registry knows, as plain data, for keeping it over a restart.
 *
 * @param mapping which channel is recorded into which stream; both are among the others
 * @param newestDeletedMillis the latest creation of all that was deleted, since the epoch; whatever
 *     is created afterwards says a later one
 */
public record RegistryState(
    List<SignalingChannel> channels,
    List<MediaStream> streams,
    Map<ChannelArn, StreamArn> mapping,
    long newestDeletedMillis) {

  /** Nothing yet. */
  public static final RegistryState EMPTY = new RegistryState(List.of(), List.of(), Map.of(), 0);

  public RegistryState {
    channels = List.copyOf(channels);
    streams = List.copyOf(streams);
    mapping = Map.copyOf(mapping);
  }
}
