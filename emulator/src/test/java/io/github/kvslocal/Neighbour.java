package io.github.kvslocal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A client that says something and waits for the answer, over and over, while others misbehave. */
final class Neighbour implements AutoCloseable {
  private static final String CALL = "{\"action\":\"SING\",\"correlationId\":\"1\"}";

  private static final long BETWEEN_CALLS_MILLIS = 10;

  private final RawSocket socket;
  private final Thread thread = new Thread(this::talk, "neighbour");
  private final CountDownLatch over = new CountDownLatch(1);
  private Duration slowest = Duration.ZERO;
  private int answers;
  private String complaint = "";

  /** Begins to talk; the socket is its own from now on. */
  Neighbour(RawSocket socket) {
    this.socket = socket;
    thread.start();
  }

  private void talk() {
    try {
      while (!over.await(BETWEEN_CALLS_MILLIS, TimeUnit.MILLISECONDS) || answers == 0) {
        long start = System.nanoTime();
        socket.say(CALL);
        String answer = socket.next();
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        if (!answer.contains("STATUS_RESPONSE")) {
          throw new IOException("not an answer: " + answer);
        }
        slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
        answers++;
      }
    } catch (IOException | InterruptedException e) {
      complaint = e.toString();
    }
  }

  /**
   * Falls silent, and tells how long the slowest answer took.
   *
   * @throws AssertionError if one did not come
   */
  Duration slowestAnswer() throws InterruptedException {
    over.countDown();
    thread.join();
    if (!complaint.isEmpty()) {
      throw new AssertionError(complaint);
    }
    return slowest;
  }

  /** Its thread ends with its socket. */
  @Override
  public void close() throws IOException {
    over.countDown();
    socket.close();
  }
}
