package io.github.kvslocal.routing.voice;

/** Turns sound into the packets of one stream, 20 ms each. */
public interface OpusEncoder {
  /** Forgets what it has encoded: the next frame begins a stream. */
  void reset();

  /**
   * Encodes the next {@link PcmFrame#SAMPLES} samples.
   *
   * @return a packet of its own, or no bytes if the codec fails at this sound; then it has been
   *     reset
   */
  byte[] encode(short[] pcm);
}
