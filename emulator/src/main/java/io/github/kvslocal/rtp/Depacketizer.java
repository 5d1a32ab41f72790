package io.github.kvslocal.rtp;

import io.github.kvslocal.media.Codec;
import io.github.kvslocal.rtp.h264.H264Depacketizer;
import io.github.kvslocal.rtp.opus.OpusDepacketizer;
import io.github.kvslocal.rtp.packet.FrameSink;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;

/** Makes frames of packets in order, as a codec's payload format has it. */
interface Depacketizer {
  /** Takes the next packet; see {@link H264Depacketizer#push}. */
  void push(RtpPacket packet, boolean gapBefore, long arrivedAt) throws MalformedPacketException;

  /** Whether a packet may be the first that its sender sent. */
  default boolean mayBegin(RtpPacket packet) {
    return true;
  }

  /** Whether a packet is known to be the first of a picture that needs no other. */
  default boolean beginsKeyFrame(RtpPacket packet) {
    return false;
  }

  /** Ends the frame in progress, if frames span packets: no packet will follow. */
  default void flush() {}

  /** That of a codec's payload format. */
  static Depacketizer of(Codec codec, FrameSink sink, boolean keepsLossy) {
    return switch (codec) {
      case H264 -> {
        H264Depacketizer h264 = new H264Depacketizer(sink, keepsLossy);
        yield new Depacketizer() {
          @Override
          public void push(RtpPacket packet, boolean gapBefore, long arrivedAt)
              throws MalformedPacketException {
            h264.push(packet, gapBefore, arrivedAt);
          }

          @Override
          public boolean mayBegin(RtpPacket packet) {
            return H264Depacketizer.startsStream(packet);
          }

          @Override
          public boolean beginsKeyFrame(RtpPacket packet) {
            return H264Depacketizer.startsKeyFrame(packet);
          }

          @Override
          public void flush() {
            h264.flush();
          }
        };
      }
      case OPUS -> {
        OpusDepacketizer opus = new OpusDepacketizer(sink);
        yield (packet, gapBefore, arrivedAt) -> opus.push(packet, arrivedAt);
      }
    };
  }
}
