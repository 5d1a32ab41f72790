package io.github.kvslocal.runtime;

import io.github.kvslocal.fault.Link;
import io.github.kvslocal.peer.DatagramKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** One direction of one agent, and the datagrams that are under way on it. */
final class FaultyWay {
  /** 10 s of 5 Mbit/s; what would be more is lost. */
  static final int MOST_UNDER_WAY = 4_096;

  /** Where datagrams arrive. */
  interface End {
    void datagram(byte[] buffer, int offset, int length);
  }

  private static final class Flight {
    final long at;
    final long order;
    final byte[] datagram;

    Flight(long at, long order, byte[] datagram) {
      this.at = at;
      this.order = order;
      this.datagram = datagram;
    }
  }

  private final SessionLoop loop;
  private final End end;
  private final PriorityQueue<Flight> flying =
      new PriorityQueue<>(
          Comparator.<Flight>comparingLong(flight -> flight.at)
              .thenComparingLong(flight -> flight.order));

  /** None for a way that takes everything at once. */
  private volatile @Nullable Link link;

  private long order;
  private SessionLoop.Alarm alarm = () -> {};
  private long alarmAt = Long.MAX_VALUE;
  private boolean closed;

  /** A way that takes everything at once. */
  FaultyWay(SessionLoop loop, End end) {
    this.loop = loop;
    this.end = end;
  }

  /** From now on datagrams fare so; those that are under way arrive when they would have. */
  void over(@Nullable Link other) {
    link = other;
  }

  /** Sends a copy of a datagram on its way; any thread may call it. */
  void carry(byte[] buffer, int offset, int length) {
    Link way = link;
    if (way == null) {
      end.datagram(buffer, offset, length);
    } else {
      carry(way, buffer, offset, length);
    }
  }

  private void carry(Link way, byte[] buffer, int offset, int length) {
    long now = loop.nanoTime();
    int atOnce = 0;
    synchronized (this) {
      if (closed) {
        return;
      }
      boolean handshake = DatagramKind.of(buffer, offset, length) == DatagramKind.DTLS;
      long[] arrivals = handshake ? new long[] {way.sendSafely(now)} : way.send(length, now);
      for (long at : arrivals) {
        int bit = handshake ? -1 : way.corruptedBit(length);
        if (at <= now && bit < 0) {
          atOnce++;
        } else if (flying.size() < MOST_UNDER_WAY) {
          byte[] copy = Arrays.copyOfRange(buffer, offset, offset + length);
          if (bit >= 0) {
            copy[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
          }
          flying.add(new Flight(at, order++, copy));
        }
      }
      setAlarm(now);
    }
    for (int i = 0; i < atOnce; i++) {
      end.datagram(buffer, offset, length);
    }
  }

  private void setAlarm(long now) {
    Flight next = flying.peek();
    if (next != null && next.at < alarmAt) {
      alarm.cancel();
      alarmAt = next.at;
      alarm = loop.scheduleAfter(Duration.ofNanos(Math.max(0, next.at - now)), this::ring);
    }
  }

  private void ring() {
    deliver(loop.nanoTime());
  }

  /** Whatever is under way arrives now. */
  void deliverAll() {
    deliver(Long.MAX_VALUE);
  }

  private void deliver(long until) {
    List<byte[]> arrived = new ArrayList<>();
    synchronized (this) {
      alarm.cancel();
      alarmAt = Long.MAX_VALUE;
      while (!flying.isEmpty() && flying.peek().at <= until) {
        arrived.add(flying.remove().datagram);
      }
      setAlarm(until);
    }
    arrived.forEach(datagram -> end.datagram(datagram, 0, datagram.length));
  }

  /** Nothing arrives any more. */
  synchronized void close() {
    closed = true;
    alarm.cancel();
    flying.clear();
  }
}
