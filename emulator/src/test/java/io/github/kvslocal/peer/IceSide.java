package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.sdp.IceCredentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One agent and what it has reported. */
final class IceSide implements IceTransport.Listener {
  private static final long LIMIT_SECONDS = 20;
  private static final long GLANCE_MILLIS = 10;

  private final Runnable settle;
  private final IceTransport transport;
  private final List<String> datagrams = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private boolean connected;

  IceSide(IceTransport.Factory factory, IceTransport.IceRole role, Runnable settle) {
    this.settle = settle;
    transport = factory.open(role, this);
  }

  /** An agent under the credentials of another. */
  IceSide(
      IceTransport.Factory factory,
      IceTransport.IceRole role,
      IceCredentials credentials,
      Runnable settle) {
    this.settle = settle;
    transport = factory.reopen(role, credentials, this);
  }

  IceTransport transport() {
    return transport;
  }

  void send(String text) {
    byte[] datagram = IceTransportContract.bytes("--" + text + "--");
    transport.send(datagram, 2, datagram.length - 4);
  }

  void awaitConnected() {
    await(() -> connected || !failures.isEmpty());
    assertThat(failures()).isEmpty();
  }

  String awaitDatagram() {
    await(() -> !datagrams.isEmpty());
    return datagrams().get(0);
  }

  synchronized List<String> datagrams() {
    return List.copyOf(datagrams);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public synchronized void connected(String localAddress, String remoteAddress) {
    connected = true;
    notifyAll();
  }

  @Override
  public synchronized void datagram(byte[] buffer, int offset, int length) {
    datagrams.add(new String(buffer, offset, length, StandardCharsets.US_ASCII));
    notifyAll();
  }

  @Override
  public synchronized void failed(String why) {
    failures.add(why);
    notifyAll();
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (true) {
      settle.run();
      synchronized (this) {
        if (condition.getAsBoolean()) {
          return;
        }
        assertThat(System.nanoTime()).as("waited for %d s", LIMIT_SECONDS).isLessThan(deadline);
        try {
          wait(GLANCE_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
