package io.github.kvslocal.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** A loop with a bug in its policy clock, which shows while the test says so. */
record FaultyClockLoop(SessionLoop loop, BooleanSupplier faulty) implements SessionLoop {
  @Override
  public Instant now() {
    if (faulty.getAsBoolean()) {
      throw new IllegalStateException("a bug on purpose");
    }
    return loop.now();
  }

  @Override
  public long nanoTime() {
    return loop.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public Alarm schedule(Instant when, String what, Runnable task) {
    return loop.schedule(when, what, task);
  }

  @Override
  public Alarm scheduleAfter(Duration delay, Runnable task) {
    return loop.scheduleAfter(delay, task);
  }
}
