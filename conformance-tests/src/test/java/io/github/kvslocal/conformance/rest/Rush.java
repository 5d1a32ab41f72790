package io.github.kvslocal.conformance.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.crowd.Crowd;
import io.github.kvslocal.conformance.json.JsonClient;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Some who send one request as often as they can. */
final class Rush implements AutoCloseable {
  private static final int CALLERS = 2;
  private static final int PATIENCE_SECONDS = 20;
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final CountDownLatch throttled = new CountDownLatch(1);
  private final Crowd callers;

  Rush(JsonClient client, String path, ObjectNode input) {
    Crowd.Member caller =
        () -> {
          if (client.call(path, input).error().equals(Errors.THROTTLED)) {
            throttled.countDown();
          }
        };
    callers = new Crowd(Collections.nCopies(CALLERS, caller), LONGEST);
  }

  /**
   * Waits until one of them was one too many.
   *
   * @throws IllegalStateException if none was
   */
  void awaitThrottled() {
    try {
      if (!throttled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "nobody was throttled within %d s".formatted(PATIENCE_SECONDS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a throttled call", e);
    }
  }

  @Override
  public void close() {
    callers.close();
  }
}
