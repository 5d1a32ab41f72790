package io.github.kvslocal.conformance.benchmark;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Some clients that ask without a pause, all on one thread: as many threads as clients would take
 * more of the machine than what they measure.
 */
final class LoadGenerator {
  private static final long PATIENCE_MILLIS = 10_000;

  private final int port;
  private final List<byte[]> requests;
  private long[] nanos = new long[1 << 16];
  private int answers;

  /** Clients of the emulator on this port, all of whom send these requests in turn. */
  LoadGenerator(int port, List<byte[]> requests) {
    this.port = port;
    this.requests = requests;
  }

  /** How long each answer took in nanoseconds, the shortest first. */
  long[] run(int clients, Duration length) throws IOException {
    answers = 0;
    List<LoadConnection> connections = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < clients; i++) {
        connections.add(new LoadConnection(port, requests, i));
      }
      long end = System.nanoTime() + length.toNanos();
      for (LoadConnection connection : connections) {
        connection.register(selector);
        connection.ask(System.nanoTime());
      }
      for (int open = clients; open > 0; ) {
        if (selector.select(PATIENCE_MILLIS) == 0) {
          throw new IOException("no answer for " + PATIENCE_MILLIS + " ms");
        }
        open -= serve(selector, end);
      }
    } finally {
      for (LoadConnection connection : connections) {
        connection.close();
      }
    }
    long[] sorted = Arrays.copyOf(nanos, answers);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Returns how many clients are done. */
  private int serve(Selector selector, long end) throws IOException {
    int done = 0;
    for (Iterator<SelectionKey> ready = selector.selectedKeys().iterator(); ready.hasNext(); ) {
      SelectionKey key = ready.next();
      ready.remove();
      LoadConnection connection = (LoadConnection) key.attachment();
      if (connection.answered()) {
        long now = System.nanoTime();
        note(now - connection.askedAt());
        if (now < end) {
          connection.ask(now);
        } else {
          key.cancel();
          done++;
        }
      }
    }
    return done;
  }

  private void note(long duration) {
    if (answers == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * answers);
    }
    nanos[answers++] = duration;
  }
}
