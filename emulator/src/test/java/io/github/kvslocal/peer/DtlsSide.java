package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.sdp.Fingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One end of a wire between two endpoints: records what it reports and can spoil what it sends. */
final class DtlsSide implements DtlsEndpoint.Listener {
  private static final long LIMIT_SECONDS = 20;
  private static final int RECORD_HEADER = 13;
  private static final int MESSAGE_HEADER = 12;
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;

  private final Fingerprint fingerprint;
  private final DtlsEndpoint endpoint;
  private @Nullable DtlsSide other;
  private Rewrite rewrite = List::of;
  private int toLose;
  private int sent;
  private int reports;
  private @Nullable SrtpKeys keys;
  private @Nullable String failure;
  private boolean closed;

  /** What becomes of a datagram on its way. */
  interface Rewrite {
    List<byte[]> of(byte[] datagram);
  }

  DtlsSide(DtlsEndpoint.Factory factory) {
    fingerprint = factory.localFingerprint();
    endpoint = factory.create(this);
  }

  DtlsEndpoint endpoint() {
    return endpoint;
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  synchronized void wire(DtlsSide to) {
    other = to;
  }

  synchronized void lose(int datagrams) {
    toLose = datagrams;
  }

  synchronized void rewrite(Rewrite how) {
    rewrite = how;
  }

  synchronized int reports() {
    return reports;
  }

  /**
   * Cuts the message of an unfragmented ClientHello into two records in two datagrams. The number
   * of the second is one that no other record has, near enough for the replay window.
   */
  static List<byte[]> splitClientHello(byte[] datagram) {
    if (datagram[0] != HANDSHAKE || datagram[RECORD_HEADER] != CLIENT_HELLO) {
      return List.of(datagram);
    }
    int length = datagram.length - RECORD_HEADER - MESSAGE_HEADER;
    int half = length / 2;
    return List.of(fragment(datagram, 0, half, 0), fragment(datagram, half, length - half, 20));
  }

  /** All but one arrive, counted from 0. */
  static Rewrite losing(int which) {
    AtomicInteger number = new AtomicInteger();
    return datagram -> number.getAndIncrement() == which ? List.of() : List.of(datagram);
  }

  /** One arrives behind the one that follows it. */
  static Rewrite swapping(int which) {
    AtomicInteger number = new AtomicInteger();
    List<byte[]> late = new ArrayList<>();
    return datagram -> {
      int now = number.getAndIncrement();
      if (now == which) {
        late.add(datagram);
        return List.of();
      }
      return now == which + 1 ? List.of(datagram, late.get(0)) : List.of(datagram);
    };
  }

  /** RFC 6347 section 4.2.2: the fragment's offset and length are at 6 and 9 of the message. */
  private static byte[] fragment(byte[] whole, int from, int length, int recordNumber) {
    ByteBuffer part = ByteBuffer.allocate(RECORD_HEADER + MESSAGE_HEADER + length);
    part.put(whole, 0, RECORD_HEADER + MESSAGE_HEADER);
    part.put(whole, RECORD_HEADER + MESSAGE_HEADER + from, length);
    int number = part.getInt(7);
    part.putInt(7, number + recordNumber);
    part.putShort(11, (short) (MESSAGE_HEADER + length));
    part.putShort(RECORD_HEADER + 7, (short) from);
    part.putShort(RECORD_HEADER + 10, (short) length);
    return part.array();
  }

  synchronized SrtpKeys awaitKeys() {
    await(() -> keys != null || failure != null);
    assertThat(failure).isNull();
    return Objects.requireNonNull(keys);
  }

  synchronized String awaitFailure() {
    await(() -> failure != null);
    return Objects.requireNonNull(failure);
  }

  synchronized void awaitClosed() {
    await(() -> closed);
  }

  synchronized void awaitSent(int datagrams) {
    await(() -> sent >= datagrams);
  }

  @Override
  public void send(byte[] datagram) {
    DtlsSide to;
    List<byte[]> arriving = new ArrayList<>();
    synchronized (this) {
      reports++;
      sent++;
      notifyAll();
      to = other;
      if (toLose > 0) {
        toLose--;
      } else {
        arriving.addAll(rewrite.of(datagram));
      }
    }
    if (to != null) {
      arriving.forEach(bytes -> to.endpoint.receive(bytes, 0, bytes.length));
    }
  }

  @Override
  public synchronized void established(SrtpKeys established) {
    reports++;
    keys = established;
    notifyAll();
  }

  @Override
  public synchronized void failed(String why) {
    reports++;
    failure = why;
    notifyAll();
  }

  @Override
  public synchronized void closed() {
    reports++;
    closed = true;
    notifyAll();
  }

  private void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      assertThat(left).as("waited for %d s", LIMIT_SECONDS).isPositive();
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
