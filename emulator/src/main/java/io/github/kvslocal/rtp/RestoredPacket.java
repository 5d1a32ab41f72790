package io.github.kvslocal.rtp;

import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;

/** The packet that a retransmission brings (RFC 4588 section 4); reused for the next one. */
final class RestoredPacket {
  private static final int OSN_SIZE = 2;

  private final byte[] bytes = new byte[JitterBuffer.MAX_PACKET];
  private final RtpPacket packet = new RtpPacket();

  /** Whether a retransmission brings anything: bandwidth probes are some of nothing. */
  static boolean isIn(RtpPacket retransmission) {
    return retransmission.payloadLength() >= OSN_SIZE;
  }

  /** The original sequence number, 0 to 65535, of a packet that is in. */
  static int number(RtpPacket retransmission) {
    return Bytes.unsigned16(retransmission.buffer(), retransmission.payloadOffset());
  }

  /**
   * The original packet, valid until the next call.
   *
   * @param payloadType of the original stream, its apt
   */
  RtpPacket of(RtpPacket rtx, int payloadType, long ssrc) throws MalformedPacketException {
    int header = rtx.payloadOffset() - rtx.offset();
    int payload = rtx.payloadLength() - OSN_SIZE;
    System.arraycopy(rtx.buffer(), rtx.offset(), bytes, 0, header);
    System.arraycopy(rtx.buffer(), rtx.payloadOffset() + OSN_SIZE, bytes, header, payload);
    bytes[0] &= (byte) 0xDF; // its padding is left behind
    bytes[1] = (byte) ((rtx.marker() ? 0x80 : 0) | payloadType);
    Bytes.put16(bytes, 2, number(rtx));
    Bytes.put32(bytes, 8, ssrc);
    packet.parse(bytes, 0, header + payload);
    return packet;
  }
}
