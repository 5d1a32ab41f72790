package io.github.kvslocal;

import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.registry.StreamConfigurations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Channels, streams and their configurations as they were kept, and how they are kept on. */
final class ControlPlane {
  private final Keeping keeping;
  private final Registry registry;
  private final StreamConfigurations configurations;

  private final Object saves = new Object();
  private @Nullable GroupedSaves grouped;
  private boolean stopped;

  private ControlPlane(Keeping keeping, Registry registry, StreamConfigurations configurations) {
    this.keeping = keeping;
    this.registry = registry;
    this.configurations = configurations;
  }

  /** As it was kept last, with the options' channels ready. */
  static ControlPlane open(Keeping keeping, KvsLocalOptions options, RandomGenerator random)
      throws IOException, RefusedException {
    RegistryState kept = keeping.registry();
    Set<StreamArn> streams =
        kept.streams().stream().map(MediaStream::arn).collect(Collectors.toSet());
    ControlPlane plane =
        new ControlPlane(
            keeping,
            new Registry(kept, random),
            new StreamConfigurations(keeping.configurations().only(streams)));
    for (String channel : options.channels()) {
      plane.registry.ready(options.owner(), channel, options.clock().instant());
    }
    if (!options.channels().isEmpty()) {
      keeping.save(plane.registry.state(), plane.configurations.state());
    }
    return plane;
  }

  Registry registry() {
    return registry;
  }

  StreamConfigurations configurations() {
    return configurations;
  }

  /** Keeps the changes so far, in groups; to be called where the changes are made. */
  Supplier<Future<?>> saving(Vertx vertx) {
    GroupedSaves all = new GroupedSaves(() -> save(vertx));
    grouped = all;
    return all::whenSaved;
  }

  /**
   * Completes when the changes so far are kept; after {@link #saving}, and where that is called.
   */
  Future<Void> whenSaved() {
    return grouped == null ? Future.succeededFuture() : grouped.whenSaved();
  }

  /** Every later save fails; returns when nothing is being written any more. */
  void stop() {
    synchronized (saves) {
      stopped = true;
    }
  }

  /** Keeps the state of this moment; the writing is a worker's. */
  private Future<?> save(Vertx vertx) {
    RegistryState state = registry.state();
    ConfigurationState configured = configurations.state();
    return vertx.executeBlocking(
        () -> {
          synchronized (saves) {
            if (stopped) {
              throw new DeclinedException(
                  ServiceError.BUSY, "The emulator was reset meanwhile; try again.");
            }
            keeping.save(state, configured);
          }
          return state;
        });
  }
}
