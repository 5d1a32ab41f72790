package io.github.kvslocal.codec;

import io.github.jaredmdobson.concentus.OpusException;
import io.github.kvslocal.routing.voice.PcmFrame;
import java.util.Arrays;

/**
 * One stream's decoder. Concentus answers what cannot be decoded with an {@link OpusException}, and
 * at times with a failed assertion or an index out of bounds, thrown from the midst of its state:
 * all of them mean that the packet is none, and cost the state.
 */
final class ConcentusDecoder implements io.github.kvslocal.routing.voice.OpusDecoder {
  private static final byte[] NOTHING = {};

  private final io.github.jaredmdobson.concentus.OpusDecoder library;

  ConcentusDecoder() {
    try {
      library = new io.github.jaredmdobson.concentus.OpusDecoder(PcmFrame.RATE, 1);
    } catch (OpusException refused) {
      throw new IllegalStateException("48 kHz in one channel is what every decoder has", refused);
    }
  }

  @Override
  public void reset() {
    library.resetState();
  }

  @Override
  public int decode(byte[] packet, int length, short[] pcm, int at) {
    return decode(packet, length, pcm, at, MAX_SAMPLES, false);
  }

  @Override
  public void conceal(short[] pcm) {
    silentUnlessWhole(decode(NOTHING, 0, pcm, 0, PcmFrame.SAMPLES, false), pcm);
  }

  @Override
  public void recover(byte[] next, int length, short[] pcm) {
    silentUnlessWhole(decode(next, length, pcm, 0, PcmFrame.SAMPLES, true), pcm);
  }

  private static void silentUnlessWhole(int samples, short[] pcm) {
    if (samples != PcmFrame.SAMPLES) {
      Arrays.fill(pcm, 0, PcmFrame.SAMPLES, (short) 0);
    }
  }

  private int decode(
      byte[] packet, int length, short[] pcm, int at, int samples, boolean redundancy) {
    try {
      byte[] bytes = length == 0 ? null : packet;
      return library.decode(bytes, 0, length, pcm, at, samples, redundancy);
    } catch (OpusException | RuntimeException | AssertionError undecodable) {
      library.resetState();
      return 0;
    }
  }
}
