package io.github.kvslocal.rtp.rtcp;

import io.github.kvslocal.rtp.packet.Bytes;

/**
 * Writes transport-wide feedback messages (draft-holmer-rmcat-transport-wide-cc-extensions-01
 * section 3.1). One message tells of as many packets as fit its size and its deltas of at most 8 s;
 * the caller continues with the rest.
 */
public final class TransportFeedbackWriter {
  /** Bytes of the smallest message worth writing. */
  public static final int MIN_SIZE = 32;

  private static final int HEADER = 20;
  private static final int VECTOR = 7;
  private static final int NANOS_PER_TICK = TransportFeedback.TICK_MICROS * 1000;
  private static final int MAX_RUN = 0x1FFF;

  /** Numbers of one message at most: beyond, a vector of statuses would not fit 1200 bytes. */
  private static final int MAX_STATUSES = 4096;

  /** Missing numbers that a message may begin with. */
  private static final int MAX_LEADING = 1024;

  private final byte[] statuses = new byte[MAX_STATUSES];
  private final short[] deltas = new short[MAX_STATUSES];
  private int feedbackCount;

  /** Who knows when packets came. */
  public interface Arrivals {
    /** Whether the packet of this unwrapped transport-wide number came. */
    boolean received(long sequence);

    /** When it came, in nanoseconds since any fixed moment before. */
    long arrivedAt(long sequence);
  }

  /**
   * Appends one message.
   *
   * @param first the first unwrapped number to tell of; where thousands are missing from there on,
   *     the message begins with the first that came
   * @param to the last, one that was received
   * @param maxSize bytes to stay within, at least {@link #MIN_SIZE}
   * @return the number to continue with; {@code to + 1} when all is told
   */
  public long write(
      RtcpWriter out,
      long sender,
      long media,
      Arrivals arrivals,
      long first,
      long to,
      int maxSize) {
    long received = first;
    while (!arrivals.received(received)) {
      received++;
    }
    long from = received - first < MAX_LEADING ? first : received;
    long ticks = arrivals.arrivedAt(received) / NANOS_PER_TICK;
    long reference = Math.floorDiv(ticks, TransportFeedback.REFERENCE_TICKS);
    ticks = reference * TransportFeedback.REFERENCE_TICKS;
    int count = 0;
    int told = 0;
    int deltaBytes = 0;
    while (from + count <= to && count < MAX_STATUSES) {
      int status = TransportFeedback.NOT_RECEIVED;
      if (arrivals.received(from + count)) {
        long arrived = arrivals.arrivedAt(from + count) / NANOS_PER_TICK;
        long delta = arrived - ticks;
        if (delta != (short) delta) {
          break;
        }
        status =
            delta >= 0 && delta < 256
                ? TransportFeedback.SMALL_DELTA
                : TransportFeedback.LARGE_DELTA;
        deltas[count] = (short) delta;
        ticks = arrived;
      }
      int chunks = (count + 1 + VECTOR - 1) / VECTOR;
      if (HEADER + 2 * chunks + deltaBytes + status + 3 > maxSize) {
        break;
      }
      deltaBytes += status; // a small delta is one byte and a large one two, like their symbols
      statuses[count++] = (byte) status;
      told = status == TransportFeedback.NOT_RECEIVED ? told : count;
    }
    put(out, sender, media, from, told, reference);
    return from + told;
  }

  private void put(RtcpWriter out, long sender, long media, long from, int count, long reference) {
    byte[] bytes = out.buffer();
    out.feedback(RtcpType.TRANSPORT_FEEDBACK, RtcpType.TRANSPORT_CC, sender, media);
    int at = out.position();
    Bytes.put16(bytes, at, (int) from);
    Bytes.put16(bytes, at + 2, count);
    Bytes.put24(bytes, at + 4, (int) reference);
    bytes[at + 7] = (byte) feedbackCount++;
    at += 8;
    for (int done = 0; done < count; ) {
      int run = run(done, count);
      int chunk;
      if (run >= VECTOR || done + run == count) {
        chunk = statuses[done] << 13 | run;
        done += run;
      } else if (smallOnly(done, count)) {
        chunk = 0x8000 | vector(done, count, 1);
        done += 2 * VECTOR;
      } else {
        chunk = 0xC000 | vector(done, count, 2);
        done += VECTOR;
      }
      Bytes.put16(bytes, at, chunk);
      at += 2;
    }
    for (int i = 0; i < count; i++) {
      if (statuses[i] == TransportFeedback.SMALL_DELTA) {
        bytes[at++] = (byte) deltas[i];
      } else if (statuses[i] == TransportFeedback.LARGE_DELTA) {
        Bytes.put16(bytes, at, deltas[i]);
        at += 2;
      }
    }
    out.closeAt(at);
  }

  private int run(int from, int count) {
    int end = from + 1;
    while (end < count && statuses[end] == statuses[from] && end - from < MAX_RUN) {
      end++;
    }
    return end - from;
  }

  private boolean smallOnly(int from, int count) {
    for (int i = from; i < Math.min(count, from + 2 * VECTOR); i++) {
      if (statuses[i] == TransportFeedback.LARGE_DELTA) {
        return false;
      }
    }
    return true;
  }

  private int vector(int from, int count, int bits) {
    int symbols = 0;
    for (int i = from; i < from + 2 * VECTOR / bits; i++) {
      symbols = symbols << bits | (i < count ? statuses[i] : 0);
    }
    return symbols;
  }
}
