package io.github.kvslocal.sim;

import io.github.kvslocal.runtime.SessionLoop;
import java.time.Duration;
import java.time.Instant;

/** Another loop as somebody sees it whose clock runs faster. */
final class DriftingLoop implements SessionLoop {
  private final SessionLoop loop;
  private final double pace;
  private final long startNanos;
  private final Instant start;

  /**
   * @param pace by which part it is faster; slower if negative
   */
  DriftingLoop(SessionLoop loop, double pace) {
    this.loop = loop;
    this.pace = 1 + pace;
    this.startNanos = loop.nanoTime();
    this.start = loop.now();
  }

  @Override
  public Instant now() {
    return start.plusNanos(nanoTime() - startNanos);
  }

  @Override
  public long nanoTime() {
    return startNanos + (long) ((loop.nanoTime() - startNanos) * pace);
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public Alarm schedule(Instant when, String what, Runnable task) {
    return scheduleAfter(Duration.between(now(), when), task);
  }

  @Override
  public Alarm scheduleAfter(Duration delay, Runnable task) {
    return loop.scheduleAfter(Duration.ofNanos((long) Math.ceil(delay.toNanos() / pace)), task);
  }
}
