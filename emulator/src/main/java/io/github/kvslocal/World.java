package io.github.kvslocal;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.SignalingChannel;
import io.github.kvslocal.runtime.Faults;
import io.github.kvslocal.runtime.PolicyClock;
import io.github.kvslocal.runtime.RetainingFragmentStore;
import io.github.kvslocal.runtime.StorageService;
import io.vertx.core.Future;

/**
 * All that a client can change. A reset makes another one in place of clearing each part of this
 * one, so that nothing can be forgotten, and what still holds the former one changes nothing.
 *
 * @param fragments what the retaining store is in front of
 */
record World(
    PolicyClock clock,
    Journal journal,
    Faults faults,
    ControlPlane controlPlane,
    FragmentStore fragments,
    RetainingFragmentStore store,
    StorageService sessions)
    implements AutoCloseable {

  /** A channel that can be recorded at once; where requests are handled. */
  Future<RecordedChannel> ready(Owner owner, String name) {
    Registry registry = controlPlane.registry();
    try {
      SignalingChannel channel = registry.ready(owner, name, clock.instant());
      StreamArn arn = registry.mappedStream(channel.arn()).orElseThrow();
      MediaStream stream = registry.stream(arn);
      store.keep(arn, stream.settings().retentionHours());
      return Future.succeededFuture(
          new RecordedChannel(name, channel.arn().toString(), arn.toString()));
    } catch (RefusedException e) {
      return Future.failedFuture(e);
    }
  }

  /** Ends what goes by its clock, and its recordings; its sessions have ended already. */
  @Override
  public void close() {
    clock.close();
    store.close();
    fragments.close();
  }
}
