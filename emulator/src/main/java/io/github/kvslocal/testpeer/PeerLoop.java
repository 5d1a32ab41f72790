package io.github.kvslocal.testpeer;

import io.github.kvslocal.runtime.SessionLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loop on a thread of its own, for a peer that lives outside an emulator. */
public final class PeerLoop implements SessionLoop, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerLoop.class);

  private final InstantSource clock = InstantSource.system();
  private final ScheduledThreadPoolExecutor thread;

  /**
   * Starts the thread.
   *
   * @param name of the thread
   */
  public PeerLoop(String name) {
    thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, name);
              made.setDaemon(true);
              return made;
            });
    thread.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void execute(Runnable task) {
    try {
      thread.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("the loop is closed");
    }
  }

  @Override
  public Alarm schedule(Instant when, String what, Runnable task) {
    return scheduleAfter(Duration.between(now(), when), task);
  }

  @Override
  public Alarm scheduleAfter(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> waiting =
          thread.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> waiting.cancel(false);
    } catch (RejectedExecutionException e) {
      LOG.debug("the loop is closed");
      return () -> {};
    }
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("a bug of the test peer");
    }
  }

  /** Runs nothing any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
