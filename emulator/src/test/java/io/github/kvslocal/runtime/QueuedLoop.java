package io.github.kvslocal.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** A loop by a policy clock, whose tasks and timers run when a test says so. */
record QueuedLoop(PolicyClock clock, String whose, Queue<Runnable> tasks, List<Timer> set)
    implements SessionLoop {
  private record Timer(Duration delay, Runnable task) {}

  QueuedLoop(PolicyClock clock, String whose) {
    this(clock, whose, new ArrayDeque<>(), new ArrayList<>());
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public long nanoTime() {
    return 0;
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public Alarm schedule(Instant when, String what, Runnable task) {
    return clock.schedule(this, whose, when, what, task);
  }

  @Override
  public Alarm scheduleAfter(Duration delay, Runnable task) {
    Timer timer = new Timer(delay, task);
    set.add(timer);
    return () -> set.remove(timer);
  }

  /** Runs the task that was given first; false if there is none. */
  boolean runOne() {
    Runnable task = tasks.poll();
    if (task != null) {
      task.run();
    }
    return task != null;
  }

  /** How long each timer has to wait. */
  List<Duration> timers() {
    return set.stream().map(Timer::delay).toList();
  }

  /** Runs what waits for the machine's time, whatever it says. */
  void ringTimers() {
    List<Timer> due = List.copyOf(set);
    set.clear();
    due.forEach(timer -> timer.task().run());
  }
}
