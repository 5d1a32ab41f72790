package io.github.kvslocal.conformance.concurrency;

import io.github.kvslocal.conformance.json.JsonClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Sixty-four clients at the same twenty names of channels and of streams. */
final class Crowd implements AutoCloseable {
  private static final int CLIENTS = 64;
  private static final List<String> NAMES =
      IntStream.range(0, 20).mapToObj(number -> "name-" + number).toList();
  private static final long SEED = 20_261_120;
  private static final int TIMEOUT_SECONDS = 60;

  private final Ledger ledger = new Ledger();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<Future<?>> actors = new ArrayList<>();
  private volatile boolean going = true;

  /** Lets them loose on the emulator at this address. */
  Crowd(URI endpoint) {
    JsonClient client = new JsonClient(endpoint);
    for (int i = 0; i < CLIENTS; i++) {
      actors.add(threads.submit(new Actor(client, NAMES, SEED + i, ledger, () -> going)));
    }
  }

  /** Lets none of them begin anything more; what fails from now on is nobody's fault. */
  void tire() {
    going = false;
  }

  /** Has them all finish what they are at, and returns what they have seen. */
  Ledger settle() throws Exception {
    tire();
    for (Future<?> actor : actors) {
      try {
        actor.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new IllegalStateException("a client broke down", e.getCause());
      }
    }
    return ledger;
  }

  @Override
  public void close() {
    tire();
    threads.shutdownNow();
  }
}
