package io.github.kvslocal.rtp.rtcp;

import io.github.kvslocal.rtp.packet.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes RTCP packets one behind the other into a buffer: a compound packet is what was written
 * since {@link #begin}. The caller sees to it that they fit, see the size functions.
 */
public final class RtcpWriter {
  /** Bytes of a picture loss indication. */
  public static final int PICTURE_LOSS_SIZE = 12;

  /** Bytes of a sender report without blocks. */
  public static final int SENDER_REPORT_SIZE = 28;

  private static final int NACK_REACH = 16;

  private byte[] buffer = new byte[0];
  private int start;
  private int at;
  private int packetStart;

  /** Starts a compound packet at {@code buffer[offset]}. */
  public void begin(byte[] buffer, int offset) {
    this.buffer = buffer;
    this.start = offset;
    this.at = offset;
  }

  /** Bytes written since {@link #begin}. */
  public int length() {
    return at - start;
  }

  /** Where the next packet goes. */
  int position() {
    return at;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Bytes of a source description with this name. */
  public static int descriptionSize(byte[] canonicalName) {
    return (8 + 2 + canonicalName.length + 1 + 3) / 4 * 4;
  }

  /** The bytes of a canonical name, cut to the 255 that an item has room for. */
  public static byte[] canonicalName(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= 255 ? bytes : Arrays.copyOf(bytes, 255);
  }

  /** A sender report (RFC 3550 section 6.4.1); {@link #block} may follow. */
  public void senderReport(long ssrc, long ntp, int timestamp, long packets, long octets) {
    open(RtcpType.SENDER_REPORT, 0, ssrc);
    Bytes.put64(buffer, at, ntp);
    Bytes.put32(buffer, at + 8, timestamp);
    Bytes.put32(buffer, at + 12, packets);
    Bytes.put32(buffer, at + 16, octets);
    at += 20;
    close();
  }

  /** A receiver report (RFC 3550 section 6.4.2); {@link #block} may follow. */
  public void receiverReport(long reporter) {
    open(RtcpType.RECEIVER_REPORT, 0, reporter);
    close();
  }

  /** Adds a block to the report written last, of at most 31. */
  public void block(ReportBlock block) {
    buffer[packetStart]++;
    Bytes.put32(buffer, at, block.ssrc());
    buffer[at + 4] = (byte) block.fractionLost();
    Bytes.put24(buffer, at + 5, block.cumulativeLost());
    Bytes.put32(buffer, at + 8, block.highestSequence());
    Bytes.put32(buffer, at + 12, block.jitter());
    Bytes.put32(buffer, at + 16, block.lastReport());
    Bytes.put32(buffer, at + 20, block.delaySinceLastReport());
    at += RtcpType.BLOCK_SIZE;
    close();
  }

  /** A source description with only a canonical name (RFC 3550 section 6.5.1). */
  public void description(long ssrc, byte[] canonicalName) {
    int end = at + descriptionSize(canonicalName);
    open(RtcpType.SOURCE_DESCRIPTION, 1, ssrc);
    buffer[at++] = RtcpType.CNAME;
    buffer[at++] = (byte) canonicalName.length;
    System.arraycopy(canonicalName, 0, buffer, at, canonicalName.length);
    at += canonicalName.length;
    while (at < end) {
      buffer[at++] = 0;
    }
    close();
  }

  /** A goodbye of one source (RFC 3550 section 6.6). */
  public void bye(long ssrc) {
    open(RtcpType.BYE, 1, ssrc);
    close();
  }

  /**
   * Asks for packets again (RFC 4585 section 6.2.1).
   *
   * @param sequenceNumbers in ascending order on the ring, from index 0
   * @param count how many of them, at least 1
   * @param maxSize bytes to stay within, at least 16
   * @return how many of them found room
   */
  public int nack(long sender, long media, int[] sequenceNumbers, int count, int maxSize) {
    int end = at + maxSize;
    feedback(RtcpType.TRANSPORT_FEEDBACK, RtcpType.NACK, sender, media);
    int done = 0;
    while (done < count && end - at >= 4) {
      int first = sequenceNumbers[done++];
      int mask = 0;
      while (done < count) {
        int ahead = (sequenceNumbers[done] - first) & 0xFFFF;
        if (ahead == 0 || ahead > NACK_REACH) {
          break;
        }
        mask |= 1 << (ahead - 1);
        done++;
      }
      Bytes.put16(buffer, at, first);
      Bytes.put16(buffer, at + 2, mask);
      at += 4;
    }
    close();
    return done;
  }

  /** Asks for a key frame (RFC 4585 section 6.3.1). */
  public void pictureLoss(long sender, long media) {
    feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PICTURE_LOSS, sender, media);
    close();
  }

  /** Asks for a key frame by command (RFC 5104 section 4.3.1); a new command, a new number. */
  public void fullIntraRequest(long sender, long media, int command) {
    feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FULL_INTRA_REQUEST, sender, 0);
    Bytes.put32(buffer, at, media);
    Bytes.put32(buffer, at + 4, (long) command << 24);
    at += 8;
    close();
  }

  /** Names the most that a sender should send (draft-alvestrand-rmcat-remb-03 section 2.2). */
  public void maximumBitrate(long sender, long media, long bitsPerSecond) {
    int exponent = 0;
    while (bitsPerSecond >> exponent > 0x3FFFF) {
      exponent++;
    }
    feedback(RtcpType.PAYLOAD_FEEDBACK, RtcpType.APPLICATION, sender, 0);
    buffer[at++] = 'R';
    buffer[at++] = 'E';
    buffer[at++] = 'M';
    buffer[at++] = 'B';
    buffer[at++] = 1;
    Bytes.put24(buffer, at, exponent << 18 | (int) (bitsPerSecond >> exponent));
    Bytes.put32(buffer, at + 3, media);
    at += 7;
    close();
  }

  /** Writes the header that all feedback has (RFC 4585 section 6.1), 12 bytes. */
  void feedback(int type, int format, long sender, long media) {
    open(type, format, sender);
    Bytes.put32(buffer, at, media);
    at += 4;
  }

  /** Moves on over bytes that the caller has put, and pads the packet to 32 bits. */
  void closeAt(int end) {
    at = end;
    int missing = -(at - packetStart) & 3;
    if (missing > 0) {
      buffer[packetStart] |= 0x20;
      for (int i = 1; i <= missing; i++) {
        buffer[at++] = (byte) (i == missing ? missing : 0);
      }
    }
    close();
  }

  private void open(int type, int count, long ssrc) {
    packetStart = at;
    buffer[at] = (byte) (0x80 | count);
    buffer[at + 1] = (byte) type;
    Bytes.put32(buffer, at + 4, ssrc);
    at += 8;
  }

  private void close() {
    Bytes.put16(buffer, packetStart + 2, (at - packetStart) / 4 - 1);
  }
}
