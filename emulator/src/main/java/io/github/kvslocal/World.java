package io.github.kvslocal;

import io.github.kvslocal.assertions.RecordingSource;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

  /** What tests look at. */
  RecordingSource recordings() {
    return new RecordingSource(store, journal, new ConcentusOpus());
  }

  /** The streams that have a fragment, by name or, of several of a name, by ARN; on that loop. */
  SortedMap<String, RecordingSource.Meant> recorded() {
    Registry registry = controlPlane.registry();
    SortedMap<String, RecordingSource.Meant> recorded = new TreeMap<>();
    for (MediaStream stream : registry.state().streams()) {
      StreamArn arn = stream.arn();
      if (!store.list(arn).isEmpty()) {
        recorded.put(
            recorded.containsKey(arn.name()) ? arn.toString() : arn.name(), streamMeant(arn));
      }
    }
    return recorded;
  }

  /** What is recorded under a name, which a channel has or else a stream; on the same loop. */
  RecordingSource.Meant meant(Owner owner, String name) {
    Registry registry = controlPlane.registry();
    try {
      SignalingChannel channel = registry.channel(owner, name);
      return new RecordingSource.Meant(name, registry.mappedStream(channel.arn()));
    } catch (RefusedException noChannel) {
      return streamMeant(owner, name);
    }
  }

  private RecordingSource.Meant streamMeant(Owner owner, String name) {
    try {
      return streamMeant(controlPlane.registry().stream(owner, name).arn());
    } catch (RefusedException noStream) {
      return new RecordingSource.Meant("", Optional.empty());
    }
  }

  private RecordingSource.Meant streamMeant(StreamArn arn) {
    try {
      String channel = controlPlane.registry().mappedChannel(arn).map(ChannelArn::name).orElse("");
      return new RecordingSource.Meant(channel, Optional.of(arn));
    } catch (RefusedException noStream) {
      return new RecordingSource.Meant("", Optional.empty());
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
