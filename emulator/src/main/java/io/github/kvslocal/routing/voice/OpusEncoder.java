package io.github.kvslocal.routing.voice;

import io.github.kvslocal.rtp.MediaSender;

/** Turns sound into the packets of one stream, 20 ms each. */
public interface OpusEncoder {
  /** Bytes of its largest packet: such as can be sent. */
  int MAX_PACKET = MediaSender.MAX_PAYLOAD;

  /**
   * Forgets what it has encoded. The next packet can be decoded by whoever has heard this frame, or
   * anything else, from another encoder.
   *
   * @param before the {@link PcmFrame#SAMPLES} samples that come before the next frame; not encoded
   */
  void begin(short[] before);

  /**
   * Encodes the next {@link PcmFrame#SAMPLES} samples.
   *
   * @return a packet of its own, or no bytes if the codec fails at this sound; then it has
   *     forgotten what was before
   */
  byte[] encode(short[] pcm);
}
