package io.github.kvslocal.codec;

import io.github.kvslocal.routing.voice.OpusCodec;
import io.github.kvslocal.routing.voice.OpusDecoder;
import io.github.kvslocal.routing.voice.OpusEncoder;
import io.github.kvslocal.routing.voice.PcmFrame;

/** Opus in pure Java, by Concentus. Stateless: any thread may ask for decoders and encoders. */
public final class ConcentusOpus implements OpusCodec {
  private static final int REHEARSED_FRAMES = 50;
  private static final double REHEARSED_STEP = 0.06;
  private static final int REHEARSED_VOLUME = 8_000;

  @Override
  public OpusDecoder decoder() {
    return new ConcentusDecoder();
  }

  @Override
  public OpusEncoder encoder() {
    return new ConcentusEncoder();
  }

  /**
   * Encodes and decodes a second of sound, so that the tables are loaded and the code is warm
   * before a session's loop waits for them. Takes a few hundred milliseconds the first time.
   */
  public static void rehearse() {
    OpusEncoder encoder = new ConcentusEncoder();
    OpusDecoder decoder = new ConcentusDecoder();
    short[] pcm = new short[PcmFrame.SAMPLES];
    short[] decoded = new short[OpusDecoder.MAX_SAMPLES];
    for (int frame = 0; frame < REHEARSED_FRAMES; frame++) {
      for (int i = 0; i < pcm.length; i++) {
        double angle = REHEARSED_STEP * (frame * pcm.length + i);
        pcm[i] = (short) (REHEARSED_VOLUME * Math.sin(angle));
      }
      byte[] packet = encoder.encode(pcm);
      decoder.decode(packet, packet.length, decoded, 0);
    }
    decoder.conceal(decoded);
  }
}
