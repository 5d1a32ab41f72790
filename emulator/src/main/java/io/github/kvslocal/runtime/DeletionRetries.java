package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.StreamArn;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what could not be deleted, until it can: after half a minute of the machine's time,
 * since a disk does not get well because policy time was advanced. Trouble is told when it begins
 * and when the last of it is over. Any thread may call it.
 */
final class DeletionRetries {
  static final Duration PAUSE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(DeletionRetries.class);

  private final SessionLoop loop;

  /** What failed last of each stream. */
  private final Map<StreamArn, Supplier<CompletableFuture<Void>>> owed = new LinkedHashMap<>();

  private SessionLoop.@Nullable Alarm alarm;
  private boolean closed;

  /**
   * @param loop where its alarm rings
   */
  DeletionRetries(SessionLoop loop) {
    this.loop = loop;
  }

  /** Begins a deletion that may be begun again, and returns what became of the first attempt. */
  CompletableFuture<Void> watch(StreamArn stream, Supplier<CompletableFuture<Void>> deletion) {
    return deletion.get().whenComplete((done, failure) -> ended(stream, deletion, failure));
  }

  private synchronized void ended(
      StreamArn stream, Supplier<CompletableFuture<Void>> deletion, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (failure == null) {
      if (owed.remove(stream) != null && owed.isEmpty()) {
        LOG.atInfo().log("the fragments that nobody keeps are off the disk, after all");
      }
      return;
    }
    if (owed.isEmpty()) {
      LOG.atError()
          .addKeyValue("stream", stream)
          .addKeyValue("why", failure.getMessage())
          .log("fragments that nobody keeps any more stay on the disk; deleting goes on");
    }
    owed.put(stream, deletion);
    loop.execute(this::setAlarm);
  }

  private synchronized void setAlarm() {
    if (alarm == null && !closed) {
      alarm = loop.scheduleAfter(PAUSE, this::again);
    }
  }

  private void again() {
    Map<StreamArn, Supplier<CompletableFuture<Void>>> due;
    synchronized (this) {
      alarm = null;
      due = closed ? Map.of() : Map.copyOf(owed);
    }
    due.forEach(
        (stream, deletion) -> {
          var unused = watch(stream, deletion);
        });
  }

  /** Tries nothing any more. */
  synchronized void close() {
    closed = true;
    if (alarm != null) {
      alarm.cancel();
    }
  }
}
