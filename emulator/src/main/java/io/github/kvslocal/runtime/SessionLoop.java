package io.github.kvslocal.runtime;

import java.time.Duration;
import java.time.Instant;

/**
 * The one thread that owns a session: all its cores are called here and nowhere else.
 *
 * <p>Two clocks run in it. Policy time ({@link #now}) can be moved by users; media time ({@link
 * #nanoTime}) cannot. Tasks run one after the other, in the order in which they were given, never
 * within {@link #execute} itself.
 */
public interface SessionLoop {
  /** Policy time. */
  Instant now();

  /** Media time, monotonic, in nanoseconds from an arbitrary start. */
  long nanoTime();

  /** Runs a task on this loop, later. */
  void execute(Runnable task);

  /**
   * Runs a task when policy time has come to {@code when}.
   *
   * @param what happens then, in plain words and for a person to read, such as "the session ends"
   */
  Alarm schedule(Instant when, String what, Runnable task);

  /** Runs a task when this much media time has passed. */
  Alarm scheduleAfter(Duration delay, Runnable task);

  /** A task that waits. */
  interface Alarm {
    /** Does nothing if the task has run. */
    void cancel();
  }
}
