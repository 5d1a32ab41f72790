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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the fragments of one session in one stream: numbers them, writes them as Matroska and
 * hands them to the store, in order.
 *
 * <p>Called on the session's loop; the store may answer on any thread. When more bytes wait for the
 * store than may, a fragment is skipped whole, counted and logged, and the next one has its chance:
 * a slow disk costs pieces of the recording, never memory and never the session. A fragment is
 * always taken when nothing waits.
 */
public final class Recorder {
  /** How many bytes of media may wait for the store: two fragments of the documented 50 MB. */
  public static final long MOST_WAITING_BYTES = 100_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

  private final FragmentStore store;
  private final StreamArn stream;
  private final Instant sessionStart;
  private final long mostWaitingBytes;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
  private boolean closed;

  /**
   * A recorder with the usual bound.
   *
   * @param sessionStart the policy time at which the session's media time was zero
   */
  public Recorder(FragmentStore store, StreamArn stream, Instant sessionStart) {
    this(store, stream, sessionStart, MOST_WAITING_BYTES);
  }

  /** A recorder that lets this many bytes wait for the store. */
  public Recorder(
      FragmentStore store, StreamArn stream, Instant sessionStart, long mostWaitingBytes) {
    this.store = store;
    this.stream = stream;
    this.sessionStart = sessionStart;
    this.mostWaitingBytes = mostWaitingBytes;
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
    if (!admit(weight)) {
      skipped.incrementAndGet();
      LOG.atWarn()
          .addKeyValue("stream", stream)
          .addKeyValue("producerMillis", fragment.start().millis())
          .addKeyValue("waitingBytes", waitingBytes.get())
          .log("a fragment is not recorded: the store is too slow");
      return;
    }
    FragmentNumber number = store.nextNumber(stream, now);
    Instant producerTime = sessionStart.plusMillis(fragment.start().millis());
    byte[] file = MatroskaWriter.bytes(fragment, new FragmentTags(number, producerTime, now));
    Duration duration = Duration.ofMillis(MatroskaWriter.durationMillis(fragment));
    FragmentMetadata metadata =
        new FragmentMetadata(number, producerTime, now, duration, file.length);
    CompletableFuture<Void> append =
        store
            .append(stream, metadata, file)
            .handle(
                (done, failure) -> {
                  appended(metadata, weight, failure);
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
    if (waiting > 0 && waiting + size > mostWaitingBytes) {
      return false;
    }
    waitingBytes.addAndGet(size);
    return true;
  }

  private void appended(FragmentMetadata metadata, long weight, @Nullable Throwable failure) {
    waitingBytes.addAndGet(-weight);
    if (failure == null) {
      stored.incrementAndGet();
    } else {
      failed.incrementAndGet();
      LOG.atError()
          .addKeyValue("stream", stream)
          .addKeyValue("fragment", metadata.number())
          .setCause(failure)
          .log("a fragment is lost");
    }
  }
}
