package io.github.kvslocal;

import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.runtime.Faults;
import io.github.kvslocal.runtime.SessionLoop;
import io.github.kvslocal.runtime.StorageService;
import java.io.IOException;
import java.net.DatagramSocket;
import java.util.List;
import java.util.function.Function;

/** No media at all: joins go to a service of the test's own, and the number is any that is free. */
class FakeMediaStack implements MediaStack {
  private final StorageService service;
  private final int port;

  FakeMediaStack(KvsLocalOptions options, StorageService service) throws IOException {
    this.service = service;
    this.port = options.port() == 0 ? freePort() : options.port();
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public int moveToAnotherPort() throws IOException {
    return freePort();
  }

  @Override
  public StorageService sessions(
      Function<String, SessionLoop> loops, FragmentStore store, Journal journal, Faults faults) {
    return service;
  }

  @Override
  public List<String> candidates() {
    return List.of();
  }

  @Override
  public void close() {}
}
