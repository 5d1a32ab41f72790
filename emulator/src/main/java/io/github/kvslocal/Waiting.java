package io.github.kvslocal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a caller's thread waits for what happens on the emulator's. */
final class Waiting {
  private static final long PATIENCE_SECONDS = 10;

  private Waiting() {}

  /**
   * What comes of it.
   *
   * @throws IllegalStateException if it fails, if it takes longer than ten seconds, or if the
   *     thread is interrupted or an event loop
   */
  static <T> T on(Future<T> future) {
    requireNoEventLoop();
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(StartException.words(cause), cause);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the emulator did not answer within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the emulator", e);
    }
  }

  /** Whoever waits on an event loop waits for himself. */
  static void requireNoEventLoop() {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("an event loop cannot wait for itself; use another thread");
    }
  }
}
