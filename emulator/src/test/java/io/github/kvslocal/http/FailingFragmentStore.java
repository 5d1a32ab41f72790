package io.github.kvslocal.http;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails at one read, and only when it is told to. */
final class FailingFragmentStore implements FragmentStore {
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final AtomicInteger readsToFailure = new AtomicInteger(Integer.MAX_VALUE);

  /** Lets this many reads succeed, then fails once. */
  void failAfterReads(int reads) {
    readsToFailure.set(reads);
  }

  @Override
  public FragmentNumber nextNumber(StreamArn stream, Instant now) {
    return store.nextNumber(stream, now);
  }

  @Override
  public CompletableFuture<Void> append(StreamArn stream, FragmentMetadata metadata, byte[] file) {
    return store.append(stream, metadata, file);
  }

  @Override
  public List<FragmentMetadata> list(StreamArn stream) {
    return store.list(stream);
  }

  @Override
  public Optional<byte[]> read(StreamArn stream, FragmentNumber number) throws IOException {
    if (readsToFailure.getAndDecrement() == 0) {
      throw new IOException("the disk is broken");
    }
    return store.read(stream, number);
  }

  @Override
  public void close() {
    store.close();
  }
}
