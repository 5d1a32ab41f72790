package io.github.kvslocal.runtime;

import io.github.kvslocal.recording.RecordingSummary;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The recordings of one channel that have ended but are not stored yet. On the channel's loop. */
final class Recordings {
  private final SessionLoop loop;
  private final Runnable onSettled;
  private CompletableFuture<Void> stored = CompletableFuture.completedFuture(null);
  private int unfinished;

  /**
   * @param onSettled run on the loop when the fate of a recording is known
   */
  Recordings(SessionLoop loop, Runnable onSettled) {
    this.loop = loop;
    this.onSettled = onSettled;
  }

  /** Ends a recording; the summary is given on the loop once everything is stored or has failed. */
  void finish(MasterRecording recording, Consumer<RecordingSummary> whenStored) {
    CompletableFuture<RecordingSummary> end = recording.finish(loop.now());
    unfinished++;
    CompletableFuture<Void> told = new CompletableFuture<>();
    CompletableFuture<Void> handedOver =
        end.handle(
            (summary, failure) -> {
              loop.execute(() -> settled(summary, failure, whenStored, told));
              return null;
            });
    stored = CompletableFuture.allOf(stored, handedOver, told);
  }

  /** On the loop, whose guard a bug has to meet: a future would keep it to itself. */
  private void settled(
      @Nullable RecordingSummary summary,
      @Nullable Throwable failure,
      Consumer<RecordingSummary> whenStored,
      CompletableFuture<Void> told) {
    unfinished--;
    try {
      if (summary == null) {
        throw new IllegalStateException("a recorder failed at its end", failure);
      }
      whenStored.accept(summary);
    } finally {
      told.complete(null);
      onSettled.run();
    }
  }

  /** Completes when the fate of everything that has ended so far is known. */
  CompletableFuture<Void> stored() {
    return stored;
  }

  boolean isEmpty() {
    return unfinished == 0;
  }
}
