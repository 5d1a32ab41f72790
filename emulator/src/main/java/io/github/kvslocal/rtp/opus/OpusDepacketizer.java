package io.github.kvslocal.rtp.opus;

import io.github.kvslocal.rtp.packet.FrameSink;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import java.util.Arrays;

/** Takes Opus packets out of RTP: the payload is the packet (RFC 7587 section 4.2). */
public final class OpusDepacketizer {
  private final FrameSink sink;

  public OpusDepacketizer(FrameSink sink) {
    this.sink = sink;
  }

  /**
   * Takes the next packet in order. A packet without payload is only padding.
   *
   * @param arrivedAt in monotonic nanoseconds
   * @throws MalformedPacketException if the payload is no Opus packet
   */
  public void push(RtpPacket packet, long arrivedAt) throws MalformedPacketException {
    int from = packet.payloadOffset();
    int length = packet.payloadLength();
    if (length == 0) {
      return;
    }
    try {
      OpusFrames.check(packet.buffer(), from, length);
    } catch (MalformedPacketException malformed) {
      sink.dropped();
      throw malformed;
    }
    byte[] data = Arrays.copyOfRange(packet.buffer(), from, from + length);
    sink.frame(packet.timestamp(), arrivedAt, true, data);
  }
}
