package io.github.kvslocal.conformance.rest;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Some callers who send one request as often as they can, until they are told to stop. */
final class Crowd implements AutoCloseable {
  private static final int CALLERS = 2;
  private static final int PATIENCE_SECONDS = 20;

  private final HttpRequest request;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountDownLatch throttled = new CountDownLatch(1);
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean stopped;

  Crowd(HttpRequest request) {
    this.request = request;
    for (int i = 0; i < CALLERS; i++) {
      Thread caller = new Thread(this::callAgainAndAgain, "crowd");
      caller.setDaemon(true);
      callers.add(caller);
      caller.start();
    }
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
    stopped = true;
    try {
      for (Thread caller : callers) {
        caller.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void callAgainAndAgain() {
    try {
      while (!stopped) {
        String answer = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        if (answer.contains("ClientLimitExceededException")) {
          throttled.countDown();
        }
      }
    } catch (IOException e) {
      // The one who waits will say that nobody was throttled.
      stopped = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
