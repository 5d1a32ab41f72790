package io.github.kvslocal.http;

import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryChange;
import java.util.List;
import java.util.stream.Stream;

/** The routes of Kinesis Video Streams: the control plane (API version 2017-09-30). */
public final class KinesisVideoRoutes {
  private final Registry registry;
  private final RegistryChange.Listener listener;

  /**
   * Routes over this registry.
   *
   * @param listener is told what a change means for channels in use
   */
  public KinesisVideoRoutes(Registry registry, RegistryChange.Listener listener) {
    this.registry = registry;
    this.listener = listener;
  }

  /** The rows of the table. */
  public List<Operation> operations() {
    return Stream.of(
            new ChannelRoutes(registry, listener).operations(),
            new MediaStorageRoutes(registry, listener).operations(),
            new StreamRoutes(registry, listener).operations(),
            new TagRoutes(registry).operations())
        .flatMap(List::stream)
        .toList();
  }
}
