package io.github.kvslocal.http;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.ForwardingFragmentStore;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails at one read, or holds all, and only when it is told to. */
final class FailingFragmentStore extends ForwardingFragmentStore {
  private final AtomicInteger readsToFailure = new AtomicInteger(Integer.MAX_VALUE);

  private final Semaphore held = new Semaphore(0);
  private volatile CountDownLatch gate = new CountDownLatch(0);

  FailingFragmentStore() {
    super(new InMemoryFragmentStore());
  }

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
    return super.read(stream, number);
  }
}
