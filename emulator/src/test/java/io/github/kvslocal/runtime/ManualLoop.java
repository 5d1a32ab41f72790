package io.github.kvslocal.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A loop whose time stands still until a test moves it. Never runs a task within {@code execute} or
 * {@code schedule}; {@link #settle} and {@link #advance} run what is due, in order.
 */
public final class ManualLoop implements SessionLoop {
  private record Waiting(long atNanos, long order, Runnable task) {}

  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::atNanos).thenComparingLong(Waiting::order));
  private final Instant start;
  private long elapsed;
  private long order;

  public ManualLoop(Instant start) {
    this.start = start;
  }

  @Override
  public Instant now() {
    return start.plusNanos(elapsed);
  }

  @Override
  public long nanoTime() {
    return elapsed;
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public Alarm schedule(Instant when, String what, Runnable task) {
    return at(Duration.between(start, when).toNanos(), task);
  }

  @Override
  public Alarm scheduleAfter(Duration delay, Runnable task) {
    return at(elapsed + delay.toNanos(), task);
  }

  private Alarm at(long atNanos, Runnable task) {
    Waiting entry = new Waiting(atNanos, order++, task);
    waiting.add(entry);
    return () -> waiting.remove(entry);
  }

  /** Runs what is ready, and what that makes ready, at the present instant; tells how many. */
  public int settle() {
    int tasks = 0;
    for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
      task.run();
      tasks++;
    }
    return tasks;
  }

  /** Moves both clocks, running everything that falls due on the way at its own instant. */
  public void advance(Duration duration) {
    long target = elapsed + duration.toNanos();
    settle();
    for (Waiting next = waiting.peek();
        next != null && next.atNanos() <= target;
        next = waiting.peek()) {
      waiting.poll();
      elapsed = Math.max(elapsed, next.atNanos());
      next.task().run();
      settle();
    }
    elapsed = target;
  }

  /** How many alarms wait. */
  public int alarms() {
    return waiting.size();
  }
}
