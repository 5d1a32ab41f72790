package io.github.kvslocal.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A loop whose tasks may fail: a bug met on one session's loop is reported and ends that session,
 * and nothing else.
 */
final class GuardedLoop implements SessionLoop {
  private final SessionLoop loop;
  private final Consumer<Throwable> onBug;

  GuardedLoop(SessionLoop loop, Consumer<Throwable> onBug) {
    this.loop = loop;
    this.onBug = onBug;
  }

  @Override
  public Instant now() {
    return loop.now();
  }

  @Override
  public long nanoTime() {
    return loop.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(guarded(task));
  }

  @Override
  public Alarm schedule(Instant when, String what, Runnable task) {
    return loop.schedule(when, what, guarded(task));
  }

  @Override
  public Alarm scheduleAfter(Duration delay, Runnable task) {
    return loop.scheduleAfter(delay, guarded(task));
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        onBug.accept(e);
      }
    };
  }
}
