package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.ForwardingFragmentStore;
import io.github.kvslocal.recording.FragmentStore;
import java.time.Instant;

/** A store with a bug that shows in one stream, every time; the others are another store's. */
final class FaultyFragmentStore extends ForwardingFragmentStore {
  private final StreamArn faulty;

  FaultyFragmentStore(FragmentStore store, StreamArn faulty) {
    super(store);
    this.faulty = faulty;
  }

  @Override
  public FragmentNumber nextNumber(StreamArn stream, Instant now) {
    if (stream.equals(faulty)) {
      throw new IllegalStateException("a bug on purpose");
    }
    return super.nextNumber(stream, now);
  }
}
