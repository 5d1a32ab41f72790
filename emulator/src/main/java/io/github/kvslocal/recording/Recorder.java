package io.github.kvslocal.recording;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.matroska.FragmentTags;
import io.github.kvslocal.matroska.MatroskaWriter;
import io.github.kvslocal.media.EncodedFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Records the fragments of one session in one stream: numbers them, writes them as Matroska and
 * hands them to the store, in order.
 *
 * <p>Called on the session's loop; the store may answer on any thread. When more would wait for the
 * store than may, of this recording or of all, fragments are skipped whole until half of what may
 * wait of this one is left: a slow disk costs pieces of the recording, never memory and never the
 * session. A fragment is always taken when no other of its recording waits. One that the store
 * fails to keep is lost, and the next one has its chance.
 */
public final class Recorder {
  /** Who is told of fragments: each that is stored, and when some are lost, and when no more. */
  public interface Observer {
    /** A fragment is stored. Called on any thread. */
    void stored(FragmentMetadata fragment);

    /**
     * Fragments are lost from here on. Called on any thread.
     *
     * @param why for a person to read
     */
    void interrupted(String why);

    /**
     * Fragments are stored again. Called on any thread.
     *
     * @param lost how many were not
     */
    void resumed(long lost);
  }

  private static final WaitingLimits LIMITS =
      WaitingLimits.forHeap(Runtime.getRuntime().maxMemory());

  private final FragmentStore store;
  private final StreamArn stream;
  private final Instant sessionStart;
  private final Observer observer;
  private final Interruption interruption;
  private final WaitingLimits limits;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
  private long ordinal;
  private boolean skipping;
  private boolean closed;

  /**
   * A recorder with the usual limits.
   *
   * @param sessionStart the policy time at which the session's media time was zero
   */
  public Recorder(FragmentStore store, StreamArn stream, Instant sessionStart, Observer observer) {
    this(store, stream, sessionStart, observer, LIMITS);
  }

  /** A recorder that lets so much wait for the store. */
  Recorder(
      FragmentStore store,
      StreamArn stream,
      Instant sessionStart,
      Observer observer,
      WaitingLimits limits) {
    this.store = store;
    this.stream = stream;
    this.sessionStart = sessionStart;
    this.observer = observer;
    this.interruption = new Interruption(observer);
    this.limits = limits;
  }

  /**
   * Records the session's next fragment. Its producer timestamp is the session's start plus its
   * place in the session's media, its server timestamp is {@code now}, in policy time.
   */
  public void record(Fragment fragment, Instant now) {
    if (closed) {
      throw new IllegalStateException("the recorder is closed");
    }
    long weight = fragment.frames().stream().mapToLong(EncodedFrame::size).sum();
    long mine = ++ordinal;
    if (!admit(weight)) {
      skipped.incrementAndGet();
      interruption.lost(
          mine,
          "the disk is too slow: %d bytes wait for it, %d of them of this recording"
              .formatted(store.waitingBytes(), waitingBytes.get()));
      return;
    }
    FragmentNumber number = store.nextNumber(stream, now);
    Instant producerTime = sessionStart.plusMillis(fragment.start().millis());
    byte[] file = MatroskaWriter.bytes(fragment, new FragmentTags(number, producerTime, now));
    Duration duration = Duration.ofMillis(MatroskaWriter.durationMillis(fragment));
    FragmentMetadata metadata =
        new FragmentMetadata(number, producerTime, now, duration, file.length, fragment.gaps());
    CompletableFuture<Void> append =
        store
            .append(stream, metadata, file)
            .handle(
                (done, failure) -> {
                  appended(mine, metadata, weight, failure);
                  return null;
                });
    all = CompletableFuture.allOf(all, append);
  }

  /** Takes no more fragments; completes when the fate of every fragment is known. Never fails. */
  public CompletableFuture<RecordingSummary> close() {
    closed = true;
    return all.thenApply(done -> summary());
  }

  /** What is known by now; any thread may ask. */
  public RecordingSummary summary() {
    return new RecordingSummary(stored.get(), failed.get(), skipped.get());
  }

  private boolean admit(long size) {
    long waiting = waitingBytes.get();
    long most = skipping ? limits.ofOne() / 2 : limits.ofOne();
    skipping =
        waiting > 0 && (waiting + size > most || store.waitingBytes() + size > limits.ofAll());
    if (!skipping) {
      waitingBytes.addAndGet(size);
    }
    return !skipping;
  }

  private void appended(
      long mine, FragmentMetadata metadata, long weight, @Nullable Throwable failure) {
    waitingBytes.addAndGet(-weight);
    if (failure == null) {
      stored.incrementAndGet();
      interruption.stored(mine);
      observer.stored(metadata);
    } else {
      failed.incrementAndGet();
      interruption.lost(mine, words(failure));
    }
  }

  /** What the store said, without the wrapping of futures that depend on others. */
  private static String words(Throwable failure) {
    Throwable cause = failure.getCause();
    return String.valueOf(
        failure instanceof CompletionException && cause != null
            ? cause.getMessage()
            : failure.getMessage());
  }
}
