package io.github.kvslocal.runtime;

import io.github.kvslocal.peer.SrtpContext;

/**
 * Datagrams on their way from the transport's thread to the session's loop.
 *
 * <p>Whole batches change hands at once, in buffers that are used again: one task for the loop per
 * batch, no allocation per datagram. When it is full, newcomers are dropped and counted, as a
 * socket's own buffer would do.
 */
final class DatagramInbox {
  /** 0.5 s of a 10 Mbit/s stream. */
  static final int CAPACITY = 512;

  /** An Ethernet frame's worth: senders of DTLS and RTP keep below it to avoid fragments. */
  static final int MAX_DATAGRAM = 1_500;

  private static final class Batch {
    final byte[][] buffers = new byte[CAPACITY][];
    final int[] lengths = new int[CAPACITY];
    final long[] arrivals = new long[CAPACITY];
    int size;
  }

  private final SessionLoop loop;
  private final DatagramReader reader;
  private Batch filling = new Batch();
  private Batch reading = new Batch();
  private long dropped;

  DatagramInbox(SessionLoop loop, DatagramReader reader) {
    this.loop = loop;
    this.reader = reader;
  }

  /** Takes a copy of a datagram; any thread may call it. */
  void put(byte[] buffer, int offset, int length) {
    long now = loop.nanoTime();
    boolean first;
    synchronized (this) {
      if (length > MAX_DATAGRAM || filling.size == CAPACITY) {
        dropped++;
        return;
      }
      int slot = filling.size++;
      byte[] copy = filling.buffers[slot];
      if (copy == null) {
        copy = new byte[MAX_DATAGRAM + SrtpContext.MAX_OVERHEAD];
        filling.buffers[slot] = copy;
      }
      System.arraycopy(buffer, offset, copy, 0, length);
      filling.lengths[slot] = length;
      filling.arrivals[slot] = now;
      first = slot == 0;
    }
    if (first) {
      loop.execute(this::drain);
    }
  }

  private void drain() {
    synchronized (this) {
      Batch full = filling;
      filling = reading;
      reading = full;
    }
    try {
      for (int i = 0; i < reading.size; i++) {
        reader.datagram(reading.buffers[i], 0, reading.lengths[i], reading.arrivals[i]);
      }
    } finally {
      // Also when the reader met a bug: a batch that kept its size would never be handed over
      // again.
      reading.size = 0;
    }
    reader.batchRead();
  }

  /** Datagrams that were too long or too many. */
  synchronized long dropped() {
    return dropped;
  }
}
