package io.github.kvslocal.rtp;

import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;

/** Makes frames of packets in order, as a codec's payload format has it. */
interface Depacketizer {
  /** Takes the next packet; see {@link io.github.kvslocal.rtp.h264.H264Depacketizer#push}. */
  void push(RtpPacket packet, boolean gapBefore, long arrivedAt) throws MalformedPacketException;

  /** Ends the frame in progress, if frames span packets: no packet will follow. */
  default void flush() {}
}
