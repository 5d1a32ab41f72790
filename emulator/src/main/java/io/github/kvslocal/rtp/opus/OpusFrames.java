package io.github.kvslocal.rtp.opus;

import io.github.kvslocal.rtp.packet.MalformedPacketException;

/** How the frames of an Opus packet are told from each other (RFC 6716 section 3.2). */
final class OpusFrames {
  /** The longest frame (section 3.2.1). */
  private static final int LONGEST = 1_275;

  private static final int ONE = 0;
  private static final int TWO_EQUAL = 1;
  private static final int TWO = 2;

  private final byte[] packet;
  private final int end;
  private int at;

  private OpusFrames(byte[] packet, int offset, int length) {
    this.packet = packet;
    this.at = offset;
    this.end = offset + length;
  }

  /**
   * Checks all that section 3.4 asks of a packet. Frames without a byte are fine: they are silence
   * that is not sent (DTX), or a loss.
   *
   * @throws MalformedPacketException if a decoder may refuse it
   */
  static void check(byte[] packet, int offset, int length) throws MalformedPacketException {
    OpusPacket.samples(packet, offset, length);
    new OpusFrames(packet, offset, length).check();
  }

  private void check() throws MalformedPacketException {
    switch (packet[at++] & 3) {
      case ONE -> requireFrame(end - at);
      case TWO_EQUAL -> requireEqual(2, end - at);
      case TWO -> two();
      default -> many();
    }
  }

  private void two() throws MalformedPacketException {
    int first = length();
    requireFrame(end - at - first);
  }

  // |v|p|     M     |  frame count byte: variable lengths, padding, number of frames
  private void many() throws MalformedPacketException {
    int header = packet[at++];
    int count = header & 0x3F;
    int last = end - ((header & 0x40) == 0 ? 0 : padding()) - at;
    if ((header & 0x80) == 0) {
      requireEqual(count, last);
      return;
    }
    int lengthsFrom = at;
    int before = 0;
    for (int i = 1; i < count; i++) {
      before += length();
    }
    requireFrame(last - (at - lengthsFrom) - before);
  }

  /** Bytes of padding behind the frames; 255 means 254 and another byte to be read. */
  private int padding() throws MalformedPacketException {
    int padding = 0;
    int next;
    do {
      next = next();
      padding += Math.min(next, 254);
    } while (next == 255);
    return padding;
  }

  /** A frame's length in one byte or two (section 3.2.1), at most {@link #LONGEST}. */
  private int length() throws MalformedPacketException {
    int first = next();
    return first < 252 ? first : first + 4 * next();
  }

  private int next() throws MalformedPacketException {
    if (at == end) {
      throw new MalformedPacketException("Opus packet ends inside a length");
    }
    return packet[at++] & 0xFF;
  }

  private static void requireEqual(int count, int bytes) throws MalformedPacketException {
    if (bytes % count != 0) {
      throw new MalformedPacketException("Opus frames of one length do not fill their packet");
    }
    requireFrame(bytes / count);
  }

  private static void requireFrame(int length) throws MalformedPacketException {
    if (length < 0 || length > LONGEST) {
      throw new MalformedPacketException(
          "Opus frame does not fit its packet or has over 1275 bytes");
    }
  }
}
