package io.github.kvslocal.conformance.crowd;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Some who do what they do again and again, each on a thread of its own, until their time is over
 * or they are told to stop.
 */
public final class Crowd implements AutoCloseable {
  /** For the step that each of them is at in the end. */
  private static final Duration LAST_STEP = Duration.ofSeconds(60);

  private final ExecutorService threads;
  private final List<Future<?>> members = new ArrayList<>();
  private final long end;
  private volatile boolean stopped;

  /** One of them. */
  @FunctionalInterface
  public interface Member {
    /** Does it once; what it throws ends this member. */
    void step() throws IOException, InterruptedException;
  }

  /** Lets them loose for so long at most. */
  public Crowd(List<? extends Member> all, Duration time) {
    end = System.nanoTime() + time.toNanos();
    threads = Executors.newFixedThreadPool(all.size());
    all.forEach(member -> members.add(threads.submit(again(member))));
  }

  private Callable<Boolean> again(Member member) {
    return () -> {
      while (!stopped && System.nanoTime() - end < 0) {
        member.step();
      }
      return stopped;
    };
  }

  /** Lets none of them begin anything more. */
  public void stop() {
    stopped = true;
  }

  /**
   * Waits until their time is over, or they were stopped, and all have finished what they were at.
   *
   * @throws IllegalStateException if one of them was ended by what it threw, or has not finished
   */
  public void join() {
    for (Future<?> member : members) {
      try {
        member.get(
            Math.max(0, end - System.nanoTime()) + LAST_STEP.toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        throw new IllegalStateException("one of the crowd broke down", e.getCause());
      } catch (TimeoutException e) {
        throw new IllegalStateException("one of the crowd does not finish", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for a crowd", e);
      }
    }
  }

  /** Stops them and waits until they have. */
  @Override
  public void close() {
    stop();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_STEP.toNanos(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
