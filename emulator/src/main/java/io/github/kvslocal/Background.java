package io.github.kvslocal;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of the start that has a thread of its own, since most of a start is loading classes. */
final class Background<T extends AutoCloseable> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Background.class);

  private final FutureTask<T> task;

  private Background(FutureTask<T> task) {
    this.task = task;
  }

  static <T extends AutoCloseable> Background<T> start(String name, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "kvslocal-start-" + name);
    thread.setDaemon(true);
    thread.start();
    return new Background<>(task);
  }

  /**
   * Its result, waited for.
   *
   * @throws IOException if that is what the work failed with
   */
  T join() throws IOException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a part of the start failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    }
  }

  /** Closes what was opened; if that has failed there is nothing to close. */
  @Override
  public void close() {
    try {
      task.get().close();
    } catch (ExecutionException e) {
      LOG.debug("never opened, as whoever joined it was told", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.atWarn().setCause(e).log("a part did not close properly");
    }
  }
}
