package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.recording.ForwardingFragmentStore;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.FragmentStore;
import java.util.concurrent.CompletableFuture;

/** Another store that waits with everything until the gate opens. */
final class WaitingFragmentStore extends ForwardingFragmentStore {
  private final CompletableFuture<Void> gate;

  WaitingFragmentStore(FragmentStore store, CompletableFuture<Void> gate) {
    super(store);
    this.gate = gate;
  }

  @Override
  public CompletableFuture<Void> append(StreamArn stream, FragmentMetadata metadata, byte[] file) {
    return gate.thenCompose(open -> super.append(stream, metadata, file));
  }
}
