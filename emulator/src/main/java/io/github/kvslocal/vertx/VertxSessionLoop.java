package io.github.kvslocal.vertx;

import io.github.kvslocal.runtime.PolicyClock;
import io.github.kvslocal.runtime.SessionLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One of the event loops, as a session sees it. */
final class VertxSessionLoop implements SessionLoop {
  private final String whose;
  private final EventLoop loop;
  private final PolicyClock policyClock;
  private final Consumer<Throwable> onFailure;

  VertxSessionLoop(
      String whose, EventLoop loop, PolicyClock policyClock, Consumer<Throwable> onFailure) {
    this.whose = whose;
    this.loop = loop;
    this.policyClock = policyClock;
    this.onFailure = onFailure;
  }

  @Override
  public Instant now() {
    return policyClock.instant();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(() -> run(task));
  }

  @Override
  public Alarm schedule(Instant when, String what, Runnable task) {
    return policyClock.schedule(this, whose, when, what, task);
  }

  @Override
  public Alarm scheduleAfter(Duration delay, Runnable task) {
    var timer = loop.schedule(() -> run(task), Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      onFailure.accept(e);
    }
  }
}
