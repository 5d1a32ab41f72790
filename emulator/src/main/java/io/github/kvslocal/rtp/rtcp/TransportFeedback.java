package io.github.kvslocal.rtp.rtcp;

import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.SequenceNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * A transport-wide feedback message, read (draft-holmer-rmcat-transport-wide-cc-extensions-01
 * section 3.1).
 *
 * @param base the first transport-wide number it speaks of
 * @param statusCount how many numbers it speaks of
 * @param feedbackCount the message's own number, 0 to 255
 * @param arrivals those that were received, in the order of their numbers
 */
public record TransportFeedback(
    int base, int statusCount, int feedbackCount, List<Arrival> arrivals) {
  /** Microseconds of one delta. */
  static final int TICK_MICROS = 250;

  /** Ticks in one unit of the reference time, 64 ms. */
  static final int REFERENCE_TICKS = 256;

  static final int NOT_RECEIVED = 0;
  static final int SMALL_DELTA = 1;
  static final int LARGE_DELTA = 2;

  private static final int HEADER = 20;

  /**
   * One packet received.
   *
   * @param sequenceNumber transport-wide
   * @param micros when, on the receiver's clock
   */
  public record Arrival(int sequenceNumber, long micros) {}

  /**
   * Reads a message with its RTCP header.
   *
   * @throws MalformedPacketException if statuses or deltas are missing
   */
  public static TransportFeedback parse(byte[] bytes, int offset, int length)
      throws MalformedPacketException {
    //  |      base sequence number     |      packet status count      |
    //  |                 reference time                | fb pkt. count |
    //  |          packet chunk         |         packet chunk          |
    if (length < HEADER) {
      throw new MalformedPacketException("transport feedback is shorter than its header");
    }
    int end = offset + length;
    int base = Bytes.unsigned16(bytes, offset + 12);
    int count = Bytes.unsigned16(bytes, offset + 14);
    long ticks = (long) (Bytes.unsigned24(bytes, offset + 16) << 8 >> 8) * REFERENCE_TICKS;
    byte[] statuses = new byte[count];
    int at = readStatuses(bytes, offset + HEADER, end, statuses);
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (statuses[i] == NOT_RECEIVED) {
        continue;
      }
      int size = statuses[i] == SMALL_DELTA ? 1 : 2;
      if (end - at < size || statuses[i] > LARGE_DELTA) {
        throw new MalformedPacketException("transport feedback lacks a delta");
      }
      ticks += size == 1 ? bytes[at] & 0xFF : (short) Bytes.unsigned16(bytes, at);
      at += size;
      arrivals.add(new Arrival(SequenceNumber.plus(base, i), ticks * TICK_MICROS));
    }
    return new TransportFeedback(base, count, bytes[offset + 19] & 0xFF, List.copyOf(arrivals));
  }

  /** Reads chunks until every status is known; returns where the deltas begin. */
  private static int readStatuses(byte[] bytes, int from, int end, byte[] statuses)
      throws MalformedPacketException {
    int at = from;
    int known = 0;
    while (known < statuses.length) {
      if (end - at < 2) {
        throw new MalformedPacketException("transport feedback lacks a status");
      }
      int chunk = Bytes.unsigned16(bytes, at);
      at += 2;
      if ((chunk & 0x8000) == 0) { // |0| S |     run length (13)     |
        int stop = Math.min(statuses.length, known + (chunk & 0x1FFF));
        byte status = (byte) (chunk >> 13 & 3);
        while (known < stop) {
          statuses[known++] = status;
        }
      } else { // |1|S|   14 symbols of one bit, or 7 of two   |
        int bits = (chunk & 0x4000) == 0 ? 1 : 2;
        for (int shift = 14 - bits; shift >= 0 && known < statuses.length; shift -= bits) {
          statuses[known++] = (byte) (chunk >> shift & (bits == 1 ? 1 : 3));
        }
      }
    }
    return at;
  }
}
