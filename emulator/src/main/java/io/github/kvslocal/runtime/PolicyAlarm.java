package io.github.kvslocal.runtime;

import io.github.kvslocal.runtime.PolicyClock.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A task that waits for policy time. Whoever takes it off the clock's list has it run: its own
 * timer, which goes by the machine's time, or an advance of the clock.
 */
final class PolicyAlarm implements SessionLoop.Alarm {
  /** By instant; of one instant in the order in which they were set. */
  static final Comparator<PolicyAlarm> IN_ORDER =
      Comparator.comparing(PolicyAlarm::at).thenComparingLong(alarm -> alarm.number);

  /** A wait is split, since the clock under the policy clock may be moved by others. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final PolicyClock clock;
  private final SessionLoop loop;
  private final long number;
  private final Waiting waiting;
  private final Runnable task;
  private volatile boolean cancelled;
  private volatile SessionLoop.@Nullable Alarm timer;

  PolicyAlarm(PolicyClock clock, SessionLoop loop, long number, Waiting waiting, Runnable task) {
    this.clock = clock;
    this.loop = loop;
    this.number = number;
    this.waiting = waiting;
    this.task = task;
  }

  Instant at() {
    return waiting.at();
  }

  Waiting waiting() {
    return waiting;
  }

  SessionLoop loop() {
    return loop;
  }

  /** Sets the timer, which is of no use any more if the alarm was taken meanwhile. */
  void arm() {
    Duration until = clock.until(at());
    Duration wait = until.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : until;
    timer = loop.scheduleAfter(wait.isNegative() ? Duration.ZERO : wait, this::look);
    if (!clock.has(this)) {
      stopTimer();
    }
  }

  /** The clock was moved without coming as far as this: less of the machine's time is left. */
  void rearm() {
    loop.execute(
        () -> {
          stopTimer();
          if (clock.has(this)) {
            arm();
          }
        });
  }

  private void look() {
    if (clock.instant().isBefore(at())) {
      arm();
    } else if (clock.take(this)) {
      run();
    }
  }

  /** Has the task run on its loop, later; the alarm has been taken. */
  void ring() {
    stopTimer();
    loop.execute(this::run);
  }

  /** What ran before it on its loop may have cancelled it. */
  private void run() {
    if (!cancelled) {
      task.run();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    var unused = clock.take(this);
    stopTimer();
  }

  private void stopTimer() {
    SessionLoop.Alarm set = timer;
    if (set != null) {
      set.cancel();
    }
  }
}
