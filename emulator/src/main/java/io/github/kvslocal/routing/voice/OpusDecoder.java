package io.github.kvslocal.routing.voice;

import io.github.kvslocal.rtp.opus.OpusPacket;

/**
 * Turns the packets of one stream into sound: one channel at 48 kHz, whatever they hold. Packets
 * come from strangers: no bytes make it fail otherwise than described.
 */
public interface OpusDecoder {
  /** Samples of the longest packet, 120 ms. */
  int MAX_SAMPLES = OpusPacket.MAX_SAMPLES;

  /** Forgets what it has heard: the next packet begins a stream. */
  void reset();

  /**
   * Decodes the next packet.
   *
   * @param packet with the packet in its first {@code length} bytes
   * @param pcm with room for {@link #MAX_SAMPLES} from {@code at} on
   * @return how many samples it wrote; 0 if this is no packet, and then it has been reset
   */
  int decode(byte[] packet, int length, short[] pcm, int at);

  /** Writes 20 ms of what was likely to be heard where nothing has come. */
  void conceal(short[] pcm);

  /**
   * Writes the 20 ms of a lost packet from what the packet after it repeats of it (RFC 6716 section
   * 2.1.7), or conceals them if it repeats nothing. The packet itself is decoded afterwards.
   */
  void recover(byte[] next, int length, short[] pcm);
}
