package io.github.kvslocal.vertx;

import io.github.kvslocal.runtime.SessionLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of the event loops, as a session sees it. */
final class VertxSessionLoop implements SessionLoop {
  /** A wait for policy time is split, so that a clock that was moved is noticed. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final EventLoop loop;
  private final InstantSource policyClock;
  private final Consumer<Throwable> onFailure;

  VertxSessionLoop(EventLoop loop, InstantSource policyClock, Consumer<Throwable> onFailure) {
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
    PolicyAlarm alarm = new PolicyAlarm(when, task);
    alarm.arm();
    return alarm;
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

  /** Waits in steps of the machine's time until policy time has come. */
  private final class PolicyAlarm implements Alarm {
    private final Instant when;
    private final Runnable task;
    private volatile boolean cancelled;
    private volatile @Nullable Alarm timer;

    PolicyAlarm(Instant when, Runnable task) {
      this.when = when;
      this.task = task;
    }

    void arm() {
      Instant now = now();
      Instant farthest = now.plus(LONGEST_WAIT);
      Duration wait = when.isAfter(farthest) ? LONGEST_WAIT : Duration.between(now, when);
      timer = scheduleAfter(wait, this::ring);
    }

    private void ring() {
      if (cancelled) {
        return;
      }
      if (now().isBefore(when)) {
        arm();
      } else {
        task.run();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      Alarm waiting = timer;
      if (waiting != null) {
        waiting.cancel();
      }
    }
  }
}
