package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/**
 * One advance of a clock, from due instant to due instant. Its steps run one after the other, on
 * the loops of what has rung.
 */
final class ClockAdvance {
  /** What an alarm's task gives its loop is waited for, and what that gives, to this depth. */
  private static final int DEPTH = 4;

  private final PolicyClock clock;
  private final Duration by;
  private final int mostSteps;
  private final CompletableFuture<Instant> done = new CompletableFuture<>();
  private volatile Duration goal = Duration.ZERO;
  private volatile boolean begun;
  private int steps;

  ClockAdvance(PolicyClock clock, Duration by, int mostSteps) {
    this.clock = clock;
    this.by = by;
    this.mostSteps = mostSteps;
  }

  Duration by() {
    return by;
  }

  /** Completes with the time that the clock has come to. */
  CompletableFuture<Instant> done() {
    return done;
  }

  /** How much of it the clock has not been moved. */
  Duration left() {
    return begun ? goal.minus(clock.offset()) : by;
  }

  void begin() {
    goal = clock.offset().plus(by);
    begun = true;
    step();
  }

  private void step() {
    if (done.isDone()) {
      return;
    }
    Optional<PolicyAlarm> next = clock.next(goal);
    if (next.isEmpty()) {
      clock.moveTo(goal);
      // Whatever was set meanwhile by the time before is on the list by now.
      next = clock.next(goal);
    }
    if (next.isEmpty()) {
      done.complete(clock.instant());
    } else if (++steps > mostSteps) {
      done.completeExceptionally(endless(next.get()));
    } else {
      ring(next.get());
    }
  }

  private RefusedException endless(PolicyAlarm next) {
    return new RefusedException(
        Reason.INVALID_ARGUMENT,
        ("The clock stopped at %s, %s before its goal: %d times something fell due on the way, and"
                + " there is more (%s). Advance it by less at a time.")
            .formatted(clock.instant(), left(), mostSteps, next.waiting().what()));
  }

  /** Rings what is due with this alarm, which its own timer may have taken meanwhile. */
  private void ring(PolicyAlarm next) {
    clock.moveTo(next.at(), goal);
    List<PolicyAlarm> due = clock.takeDue(next.at());
    Set<SessionLoop> loops = Collections.newSetFromMap(new IdentityHashMap<>());
    loops.add(next.loop());
    due.forEach(alarm -> loops.add(alarm.loop()));
    try {
      due.forEach(PolicyAlarm::ring);
    } catch (RejectedExecutionException e) {
      giveUp();
      return;
    }
    CompletableFuture<?>[] idle =
        loops.stream().map(ClockAdvance::idle).toArray(CompletableFuture<?>[]::new);
    var unused =
        CompletableFuture.allOf(idle)
            .thenRunAsync(this::step, next.loop()::execute)
            .whenComplete(
                (nothing, failure) -> {
                  if (failure != null) {
                    done.completeExceptionally(failure);
                  }
                });
  }

  /** Completes when a loop has run what it was given until now, and what that has given it. */
  private static CompletableFuture<Void> idle(SessionLoop loop) {
    CompletableFuture<Void> idle = CompletableFuture.completedFuture(null);
    for (int i = 0; i < DEPTH; i++) {
      idle = idle.thenRunAsync(() -> {}, loop::execute);
    }
    return idle;
  }

  /** The clock ends. */
  void giveUp() {
    done.completeExceptionally(new RefusedException(Reason.RESOURCE_IN_USE, PolicyClock.ENDED));
  }
}
