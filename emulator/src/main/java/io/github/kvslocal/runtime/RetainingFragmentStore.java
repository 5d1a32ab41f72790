package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.FragmentStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Another store that keeps fragments for as long as their streams want, in policy time
 * (DataRetentionInHours of CreateStream), and no longer than their streams. AWS does not say from
 * when on a fragment ages: here from its server timestamp.
 *
 * <p>A fragment is not listed any more at the instant at which it is due, so that whoever has
 * advanced the clock finds it gone; its file goes soon after. Only when a great many fall due one
 * after the other, as in an advance by days, they go by the minute: an advance has to come to an
 * end. It knows the streams that it was told of.
 */
public final class RetainingFragmentStore implements FragmentStore {
  /** What is deleted before others have their turn. */
  static final int MOST_AT_ONCE = 256;

  /**
   * How many alarms may ring within a second of the machine's time before they are put together.
   */
  static final int MOST_ALARMS_A_SECOND = 1_000;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final FragmentStore store;
  private final PolicyClock clock;
  private final SessionLoop loop;
  private final DeletionRetries retries;
  private final Map<StreamArn, Kept> streams = new HashMap<>();
  private long secondBegan;
  private int alarmsInSecond;
  private boolean closed;

  /** How long a stream keeps its fragments, and the alarm that its oldest one has set. */
  private static final class Kept {
    Duration retention;
    SessionLoop.@Nullable Alarm alarm;

    /** The oldest fragment, as far as the alarm knows. */
    Instant oldest = Instant.MAX;

    Kept(Duration retention) {
      this.retention = retention;
    }

    void cancel() {
      if (alarm != null) {
        alarm.cancel();
        alarm = null;
      }
    }
  }

  /**
   * A store before this one, which it does not close.
   *
   * @param loop where alarms of the clock ring
   */
  public RetainingFragmentStore(FragmentStore store, PolicyClock clock, SessionLoop loop) {
    this.store = store;
    this.clock = clock;
    this.loop = loop;
    this.retries = new DeletionRetries(loop);
    this.secondBegan = loop.nanoTime();
  }

  /**
   * From now on this stream, which may be new, keeps its fragments for so long. What is too old
   * already is deleted: it is not listed any more when this returns, or, of more than {@value
   * #MOST_AT_ONCE}, soon after. Does not block.
   *
   * @param hours 0 keeps nothing
   */
  public synchronized void keep(StreamArn stream, int hours) {
    Duration retention = Duration.ofHours(hours);
    Kept kept = streams.computeIfAbsent(stream, fresh -> new Kept(retention));
    kept.retention = retention;
    look(stream, kept);
  }

  @Override
  public FragmentNumber nextNumber(StreamArn stream, Instant now) {
    return store.nextNumber(stream, now);
  }

  /** Fails for a stream that it was not told of, such as one that was deleted meanwhile. */
  @Override
  public synchronized CompletableFuture<Void> append(
      StreamArn stream, FragmentMetadata metadata, byte[] file) {
    if (!streams.containsKey(stream)) {
      return CompletableFuture.failedFuture(
          new IOException("there is no stream " + stream.name() + " any more"));
    }
    return store
        .append(stream, metadata, file)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                appended(stream);
              }
            });
  }

  @Override
  public List<FragmentMetadata> list(StreamArn stream) {
    return store.list(stream);
  }

  @Override
  public Optional<byte[]> read(StreamArn stream, FragmentNumber number) throws IOException {
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
  public synchronized CompletableFuture<Void> deleteStream(StreamArn stream) {
    Kept kept = streams.remove(stream);
    if (kept != null) {
      kept.cancel();
    }
    return retries.watch(stream, () -> store.deleteStream(stream));
  }

  /** Deletes nothing from now on; the store itself is another one's to close. */
  @Override
  public synchronized void close() {
    closed = true;
    retries.close();
    streams.values().forEach(Kept::cancel);
  }

  /** Only the oldest fragment has an alarm; that may have come with a disk that had vanished. */
  private synchronized void appended(StreamArn stream) {
    Kept kept = streams.get(stream);
    if (kept != null
        && (kept.alarm == null || !kept.oldest.equals(store.oldest(stream).orElse(Instant.MAX)))) {
      look(stream, kept);
    }
  }

  /** Deletes what is due, if not all of it, and sets the alarm for the rest. */
  private void look(StreamArn stream, Kept kept) {
    kept.cancel();
    if (closed) {
      return;
    }
    Instant now = clock.instant();
    Optional<Instant> oldest = store.oldest(stream);
    if (oldest.isPresent() && !oldest.get().plus(kept.retention).isAfter(now)) {
      Instant until = now.minus(kept.retention);
      var unused = retries.watch(stream, () -> store.deleteUntil(stream, until, MOST_AT_ONCE));
      oldest = store.oldest(stream);
    }
    oldest.ifPresent(since -> setAlarm(stream, kept, since));
  }

  private void setAlarm(StreamArn stream, Kept kept, Instant oldest) {
    Instant due = oldest.plus(kept.retention);
    kept.oldest = oldest;
    kept.alarm =
        clock.schedule(
            loop,
            stream.toString(),
            alarmsInSecond < MOST_ALARMS_A_SECOND ? due : wholeMinute(due),
            "the oldest fragments of the stream are deleted",
            () -> alarmHasRung(stream, kept));
  }

  private static Instant wholeMinute(Instant due) {
    return Instant.ofEpochMilli(
        Math.floorDiv(due.toEpochMilli() + MINUTE_MILLIS - 1, MINUTE_MILLIS) * MINUTE_MILLIS);
  }

  private synchronized void alarmHasRung(StreamArn stream, Kept kept) {
    if (loop.nanoTime() - secondBegan >= SECOND_NANOS) {
      secondBegan = loop.nanoTime();
      alarmsInSecond = 0;
    }
    alarmsInSecond++;
    if (streams.get(stream) == kept) {
      look(stream, kept);
    }
  }
}
