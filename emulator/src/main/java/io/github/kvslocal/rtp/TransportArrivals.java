package io.github.kvslocal.rtp;

import io.github.kvslocal.rtp.packet.SequenceNumber;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import io.github.kvslocal.rtp.rtcp.TransportFeedbackWriter;
import java.util.Arrays;

/**
 * When each packet of the transport came, for the sender's bandwidth estimate: all packets count,
 * whatever they carry. Remembers the last {@value #CAPACITY} numbers.
 */
final class TransportArrivals implements TransportFeedbackWriter.Arrivals {
  static final int CAPACITY = 8_192;

  private static final long PERIOD = 50_000_000L;

  private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
  private final long[] sequences = new long[CAPACITY];
  private final long[] times = new long[CAPACITY];
  private boolean started;
  private boolean pending;
  private long epoch;
  private long highest;

  /** The first number that the next message tells of. */
  private long from;

  private long dueAt;
  private long sent;

  TransportArrivals() {
    Arrays.fill(sequences, -1);
  }

  void arrived(int number, long now) {
    if (!started) {
      started = true;
      epoch = now;
      highest = (long) SequenceNumber.COUNT + number;
      from = highest;
    }
    long sequence = SequenceNumber.unwrap(highest, number);
    if (sequence <= highest - CAPACITY || received(sequence)) {
      return;
    }
    sequences[slot(sequence)] = sequence;
    times[slot(sequence)] = Math.max(0, now - epoch);
    highest = Math.max(highest, sequence);
    // A latecomer was told missing: tell again, from it on.
    from = Math.max(Math.min(from, sequence), highest - CAPACITY + 1);
    if (!pending) {
      pending = true;
      dueAt = now + PERIOD;
    }
  }

  @Override
  public boolean received(long sequence) {
    return sequences[slot(sequence)] == sequence;
  }

  @Override
  public long arrivedAt(long sequence) {
    return times[slot(sequence)];
  }

  /** When a message is to be sent; {@link Long#MAX_VALUE} if nothing has come since the last. */
  long nextDeadline() {
    return pending ? dueAt : Long.MAX_VALUE;
  }

  /** Appends one message; more follow while {@link #nextDeadline} stays in the past. */
  void write(RtcpWriter out, long sender, long media, int maxSize) {
    from = writer.write(out, sender, media, this, from, highest, maxSize);
    pending = from <= highest;
    sent++;
  }

  /** Messages sent so far. */
  long sent() {
    return sent;
  }

  private static int slot(long sequence) {
    return (int) sequence & (CAPACITY - 1);
  }
}
