package io.github.kvslocal.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.kvslocal.routing.voice.PcmFrame;
import java.util.Arrays;

/**
 * One stream's encoder: CELT only, which adds 2.5 ms and is half the work of the voice modes, at 96
 * kbit/s, where four tones that are encoded twice still stand 40 dB above what the codec adds; at
 * 64 they stand 38 dB. The rate is an average: silence costs 3 bytes.
 */
final class ConcentusEncoder implements io.github.kvslocal.routing.voice.OpusEncoder {
  private static final int BITS_PER_SECOND = 96_000;
  private static final int COMPLEXITY = 5;

  private static final byte[] NOTHING = {};

  private final io.github.jaredmdobson.concentus.OpusEncoder library;
  private final byte[] packet = new byte[MAX_PACKET];
  private boolean beginning;

  ConcentusEncoder() {
    try {
      library =
          new io.github.jaredmdobson.concentus.OpusEncoder(
              PcmFrame.RATE, 1, OpusApplication.OPUS_APPLICATION_RESTRICTED_LOWDELAY);
    } catch (OpusException refused) {
      throw new IllegalStateException("48 kHz in one channel is what every encoder has", refused);
    }
    library.setBitrate(BITS_PER_SECOND);
    library.setComplexity(COMPLEXITY);
    library.setUseVBR(true);
    library.setUseConstrainedVBR(false);
  }

  @Override
  public void begin(short[] before) {
    library.resetState();
    // Otherwise the first packet may tell only how its spectrum differs from the one before.
    library.setPredictionDisabled(true);
    beginning = true;
    write(before);
  }

  @Override
  public byte[] encode(short[] pcm) {
    int length = write(pcm);
    if (beginning) {
      beginning = false;
      library.setPredictionDisabled(false);
    }
    return length > 0 ? Arrays.copyOf(packet, length) : NOTHING;
  }

  private int write(short[] pcm) {
    try {
      return library.encode(pcm, 0, PcmFrame.SAMPLES, packet, 0, packet.length);
    } catch (OpusException | RuntimeException | AssertionError failed) {
      library.resetState();
      return 0;
    }
  }
}
