package io.github.kvslocal.testpeer;

import io.github.kvslocal.runtime.SessionLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** When the steps of one handshake happened, in media time. Any thread may call it. */
final class HandshakeTimes {
  private final SessionLoop clock;
  private final CompletableFuture<Long> answered = new CompletableFuture<>();

  HandshakeTimes(SessionLoop clock) {
    this.clock = clock;
  }

  void answered() {
    answered.complete(clock.nanoTime());
  }

  /** From the answer until that has happened; fails if it does. */
  CompletableFuture<Duration> answerTo(CompletableFuture<Void> event) {
    CompletableFuture<Long> happened = event.thenApply(nothing -> clock.nanoTime());
    return answered.thenCombine(happened, (from, to) -> Duration.ofNanos(to - from));
  }
}
