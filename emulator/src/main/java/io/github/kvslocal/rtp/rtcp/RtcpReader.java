package io.github.kvslocal.rtp.rtcp;

import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.nio.charset.StandardCharsets;

/**
 * Reads compound and reduced-size RTCP packets (RFC 3550 section 6.1, RFC 5506). Types it does not
 * know are skipped by their length.
 */
public final class RtcpReader {
  private static final int HEADER = 4;
  private static final int FEEDBACK_HEADER = 12;
  private static final int REMB = 0x52454D42;

  private RtcpReader() {}

  /**
   * Tells a handler what is in {@code buffer[offset, offset + length)}. Headers, lengths and
   * padding of all packets are checked before the handler hears of the first; what is inside a
   * packet only when its turn comes, so that the handler may have heard of those before it.
   *
   * @throws MalformedPacketException if a version is not 2 or a part claims more bytes than there
   *     are
   */
  public static void read(byte[] buffer, int offset, int length, RtcpHandler handler)
      throws MalformedPacketException {
    int end = offset + length;
    if (length < HEADER) {
      throw new MalformedPacketException("RTCP packet shorter than its header");
    }
    for (int at = offset; at < end; at += size(buffer, at)) {
      check(buffer, at, end);
    }
    for (int at = offset; at < end; at += size(buffer, at)) {
      int stop = at + size(buffer, at) - padding(buffer, at);
      readOne(buffer, at, stop, handler);
    }
  }

  private static int size(byte[] buffer, int at) {
    return 4 * (Bytes.unsigned16(buffer, at + 2) + 1);
  }

  // |V=2|P|  count  |      PT       |             length            |
  private static void check(byte[] buffer, int at, int end) throws MalformedPacketException {
    if (end - at < HEADER || size(buffer, at) > end - at) {
      throw new MalformedPacketException("RTCP packet claims more bytes than there are");
    }
    if ((buffer[at] & 0xC0) != 0x80) {
      throw new MalformedPacketException("RTCP version is not 2");
    }
    int padding = padding(buffer, at);
    if (padding > size(buffer, at) - HEADER || ((buffer[at] & 0x20) != 0 && padding == 0)) {
      throw new MalformedPacketException("RTCP padding is longer than the packet or empty");
    }
  }

  private static int padding(byte[] buffer, int at) {
    return (buffer[at] & 0x20) == 0 ? 0 : buffer[at + size(buffer, at) - 1] & 0xFF;
  }

  private static void readOne(byte[] bytes, int at, int end, RtcpHandler handler)
      throws MalformedPacketException {
    int count = bytes[at] & 0x1F;
    switch (bytes[at + 1] & 0xFF) {
      case RtcpType.SENDER_REPORT -> {
        need(at, end, 28 + RtcpType.BLOCK_SIZE * count);
        long ssrc = Bytes.unsigned32(bytes, at + 4);
        handler.senderReport(
            ssrc,
            Bytes.signed64(bytes, at + 8),
            Bytes.signed32(bytes, at + 16),
            Bytes.unsigned32(bytes, at + 20),
            Bytes.unsigned32(bytes, at + 24));
        readBlocks(bytes, at + 28, count, ssrc, handler);
      }
      case RtcpType.RECEIVER_REPORT -> {
        need(at, end, 8 + RtcpType.BLOCK_SIZE * count);
        readBlocks(bytes, at + 8, count, Bytes.unsigned32(bytes, at + 4), handler);
      }
      case RtcpType.SOURCE_DESCRIPTION -> readDescriptions(bytes, at + HEADER, end, count, handler);
      case RtcpType.BYE -> {
        need(at, end, HEADER + 4 * count);
        for (int i = 0; i < count; i++) {
          handler.bye(Bytes.unsigned32(bytes, at + HEADER + 4 * i));
        }
      }
      case RtcpType.TRANSPORT_FEEDBACK -> readTransportFeedback(bytes, at, end, count, handler);
      case RtcpType.PAYLOAD_FEEDBACK -> readPayloadFeedback(bytes, at, end, count, handler);
      default -> {
        // Extended reports, application packets and whatever comes: nothing we negotiated.
      }
    }
  }

  private static void need(int at, int end, int size) throws MalformedPacketException {
    if (end - at < size) {
      throw new MalformedPacketException("RTCP packet is too short for its kind");
    }
  }

  private static void readBlocks(
      byte[] bytes, int from, int count, long reporter, RtcpHandler handler) {
    for (int i = 0; i < count; i++) {
      int at = from + RtcpType.BLOCK_SIZE * i;
      handler.reportBlock(
          reporter,
          new ReportBlock(
              Bytes.unsigned32(bytes, at),
              bytes[at + 4] & 0xFF,
              Bytes.unsigned24(bytes, at + 5) << 8 >> 8,
              Bytes.unsigned32(bytes, at + 8),
              Bytes.unsigned32(bytes, at + 12),
              Bytes.unsigned32(bytes, at + 16),
              Bytes.unsigned32(bytes, at + 20)));
    }
  }

  private static void readDescriptions(
      byte[] bytes, int from, int end, int count, RtcpHandler handler)
      throws MalformedPacketException {
    int at = from;
    for (int chunk = 0; chunk < count; chunk++) {
      need(at, end, 4);
      int start = at;
      long ssrc = Bytes.unsigned32(bytes, at);
      at += 4;
      while (true) {
        need(at, end, 1);
        int item = bytes[at++];
        if (item == 0) {
          break;
        }
        need(at, end, 1);
        int size = bytes[at++] & 0xFF;
        need(at, end, size);
        if (item == RtcpType.CNAME) {
          handler.canonicalName(ssrc, new String(bytes, at, size, StandardCharsets.UTF_8));
        }
        at += size;
      }
      at = start + (at - start + 3) / 4 * 4; // each chunk ends on a 32-bit boundary
    }
  }

  private static void readTransportFeedback(
      byte[] bytes, int at, int end, int format, RtcpHandler handler)
      throws MalformedPacketException {
    need(at, end, FEEDBACK_HEADER);
    if (format == RtcpType.TRANSPORT_CC) {
      handler.transportFeedback(bytes, at, end - at);
    } else if (format == RtcpType.NACK) {
      long ssrc = Bytes.unsigned32(bytes, at + 8);
      for (int item = at + FEEDBACK_HEADER; end - item >= 4; item += 4) {
        int first = Bytes.unsigned16(bytes, item);
        handler.nack(ssrc, first);
        int mask = Bytes.unsigned16(bytes, item + 2);
        for (int bit = 0; bit < 16; bit++) {
          if ((mask >> bit & 1) != 0) {
            handler.nack(ssrc, (first + 1 + bit) & 0xFFFF);
          }
        }
      }
    }
  }

  private static void readPayloadFeedback(
      byte[] bytes, int at, int end, int format, RtcpHandler handler)
      throws MalformedPacketException {
    need(at, end, FEEDBACK_HEADER);
    int body = at + FEEDBACK_HEADER;
    switch (format) {
      case RtcpType.PICTURE_LOSS -> handler.pictureLoss(Bytes.unsigned32(bytes, at + 8));
      case RtcpType.FULL_INTRA_REQUEST -> {
        for (int item = body; end - item >= 8; item += 8) {
          handler.fullIntraRequest(Bytes.unsigned32(bytes, item), bytes[item + 4] & 0xFF);
        }
      }
      case RtcpType.APPLICATION -> {
        // |  "REMB"  | num SSRC | exponent (6) mantissa (18) | SSRC ...
        if (end - body >= 8 && Bytes.signed32(bytes, body) == REMB) {
          int number = Bytes.unsigned24(bytes, body + 5);
          int exponent = number >> 18;
          long mantissa = number & 0x3FFFF;
          // 18 bits shifted by more than 45 leave no room for a sign
          handler.maximumBitrate(exponent > 45 ? Long.MAX_VALUE : mantissa << exponent);
        }
      }
      default -> {
        // Slice loss, reference picture selection, temporal trade-off: never negotiated.
      }
    }
  }
}
