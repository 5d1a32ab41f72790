package io.github.kvslocal.dtls;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;
import org.jspecify.annotations.Nullable;

/**
 * The network as the library sees it: a queue that datagrams are put into and a place to send to.
 *
 * <p>It holds {@value #CAPACITY} datagrams; when full, newcomers are dropped, since the beginning
 * of a flight is worth more than its repetition.
 */
final class DatagramQueue implements DatagramTransport {
  static final int CAPACITY = 100;

  /** The largest datagram we read: the largest that UDP carries over Ethernet, and some. */
  private static final int RECEIVE_LIMIT = 2048;

  /** Handshake messages are split to this, below any path's MTU (RFC 6347 section 4.1.1.1). */
  private static final int SEND_LIMIT = 1200;

  private final Deque<byte[]> waiting = new ArrayDeque<>();

  /** What may be read before everything that waits; only a server has any. */
  private final Deque<byte[]> ready = new ArrayDeque<>();

  private @Nullable ClientFlight flight;
  private final Consumer<byte[]> network;
  private boolean closed;
  private boolean polled;
  private int arrived;
  private int sent;

  DatagramQueue(Consumer<byte[]> network) {
    this.network = network;
  }

  /** Copies a datagram in; returns whether it was taken. */
  synchronized boolean offer(byte[] buffer, int offset, int length) {
    if (closed || waiting.size() == CAPACITY || length > RECEIVE_LIMIT) {
      return false;
    }
    arrived++;
    waiting.add(Arrays.copyOfRange(buffer, offset, offset + length));
    notifyAll();
    return true;
  }

  /** The library reads as a server from now on. */
  synchronized void readAsServer() {
    flight = new ClientFlight();
  }

  /**
   * From now on an empty queue ends {@link #receive} with an {@link InterruptedIOException} instead
   * of waiting: the library passes that on and takes no offence.
   */
  synchronized void doNotWait() {
    polled = true;
  }

  /** What has passed so far, for a person who wonders on which side a handshake has stopped. */
  synchronized String traffic() {
    return "datagrams taken: " + arrived + ", given: " + sent;
  }

  synchronized boolean isEmpty() {
    return ready.isEmpty() && waiting.isEmpty();
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  /** Waits for a datagram; 0 waits for ever, as the library means it. */
  @Override
  public synchronized int receive(byte[] buffer, int offset, int length, int waitMillis)
      throws IOException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
    byte[] datagram = next();
    while (datagram == null && !closed) {
      if (polled) {
        throw new InterruptedIOException("nothing has arrived");
      }
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (waitMillis > 0 && leftMillis <= 0) {
        return -1;
      }
      try {
        wait(waitMillis == 0 ? 0 : leftMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
      datagram = next();
    }
    if (datagram == null) {
      throw new IOException("closed");
    }
    int taken = Math.min(length, datagram.length);
    System.arraycopy(datagram, 0, buffer, offset, taken);
    return taken;
  }

  /** The next that may be read, or none. */
  private byte @Nullable [] next() {
    byte[] datagram = ready.poll();
    while (datagram == null && !waiting.isEmpty()) {
      byte[] oldest = waiting.remove();
      if (flight == null) {
        return oldest;
      }
      ready.addAll(flight.arrived(oldest));
      datagram = ready.poll();
    }
    return datagram;
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    synchronized (this) {
      sent++;
    }
    network.accept(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  /** Wakes whoever waits; what had arrived is forgotten. */
  @Override
  public synchronized void close() {
    closed = true;
    ready.clear();
    waiting.clear();
    notifyAll();
  }
}
