package io.github.kvslocal.http;

import io.github.kvslocal.api.Service;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryChange;
import io.github.kvslocal.registry.StreamConfigurations;
import io.github.kvslocal.runtime.RetainingFragmentStore;
import io.github.kvslocal.runtime.StorageService;
import java.util.List;
import java.util.stream.Stream;

/** The routes of Kinesis Video Streams: the control plane (API version 2017-09-30). */
public final class KinesisVideoRoutes {
  private final Registry registry;
  private final StreamConfigurations configurations;
  private final RegistryChange.Listener listener;

  /**
   * Routes over this registry and the configurations of its streams.
   *
   * @param sessions are told what a change means for channels in use
   * @param store is told how long streams keep their fragments
   */
  public KinesisVideoRoutes(
      Registry registry,
      StreamConfigurations configurations,
      StorageService sessions,
      RetainingFragmentStore store) {
    this.registry = registry;
    this.configurations = configurations;
    this.listener = new Consequences(sessions, configurations, store);
  }

  /** The rows of the table. */
  public List<Operation> operations() {
    return Stream.of(
            new ChannelRoutes(registry, listener).operations(),
            new MediaStorageRoutes(registry, listener).operations(),
            new StreamRoutes(registry, listener).operations(),
            new TagRoutes(registry).operations(),
            new StreamConfigurationRoutes(registry, configurations).operations(),
            new EdgeRoutes(registry, configurations).operations())
        .flatMap(List::stream)
        .toList();
  }

  static Operation reading(String path, Subject subject, Operation.Immediate handler) {
    return Operation.reading(Service.KINESIS_VIDEO, path, subject, handler);
  }

  static Operation changing(String path, Subject subject, Operation.Immediate handler) {
    return Operation.changing(Service.KINESIS_VIDEO, path, subject, handler);
  }
}
