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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails at one read, or holds all, and only when it is told to. */
final class FailingFragmentStore implements FragmentStore {
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final AtomicInteger readsToFailure = new AtomicInteger(Integer.MAX_VALUE);

  private final Semaphore held = new Semaphore(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Lets no read end until {@link #releaseReads}. */
  void holdReads() {
    gate = new CountDownLatch(1);
    held.drainPermits();
  }

  /** Returns when this many reads are held. */
  void awaitHeld(int reads) throws InterruptedException {
    if (!held.tryAcquire(reads, 10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("there are not so many reads");
    }
  }

  void releaseReads() {
    gate.countDown();
  }

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
    held.release();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (readsToFailure.getAndDecrement() == 0) {
      throw new IOException("the disk is broken");
    }
    return store.read(stream, number);
  }

  @Override
  public long waitingBytes() {
    return store.waitingBytes();
  }

  @Override
  public Optional<Instant> oldest(StreamArn stream) {
    return store.oldest(stream);
  }

  @Override
  public CompletableFuture<Void> deleteUntil(StreamArn stream, Instant serverTime, int most) {
    return store.deleteUntil(stream, serverTime, most);
  }

  @Override
  public CompletableFuture<Void> deleteStream(StreamArn stream) {
    return store.deleteStream(stream);
  }

  @Override
  public void close() {
    store.close();
  }
}
