package io.github.kvslocal.assertions;

import io.github.kvslocal.routing.voice.OpusCodec;
import io.github.kvslocal.routing.voice.OpusDecoder;
import io.github.kvslocal.routing.voice.PcmFrame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells how loud packets of Opus are. One that cannot be decoded is left out. */
final class Loudness {
  private static final double FULL_SCALE = 32_768;

  private final OpusDecoder decoder;
  private final short[] pcm = new short[OpusDecoder.MAX_SAMPLES];

  Loudness(OpusCodec codec) {
    this.decoder = codec.decoder();
  }

  /**
   * The levels of the packets of one stream.
   *
   * @param packets in the order of their times
   */
  List<AudioLevel> of(List<RecordedFrame> packets) {
    List<AudioLevel> levels = new ArrayList<>();
    for (RecordedFrame packet : packets) {
      byte[] bytes = new byte[packet.data().remaining()];
      packet.data().get(bytes);
      int samples = decoder.decode(bytes, bytes.length, pcm, 0);
      if (samples > 0) {
        Duration length = Duration.ofNanos(samples * 1_000_000_000L / PcmFrame.RATE);
        levels.add(new AudioLevel(packet.at(), length, dbfs(pcm, samples)));
      }
    }
    return List.copyOf(levels);
  }

  /** The root mean square of the first samples, against full scale. */
  static double dbfs(short[] pcm, int samples) {
    double squares = 0;
    for (int i = 0; i < samples; i++) {
      squares += (double) pcm[i] * pcm[i];
    }
    double level = 10 * Math.log10(squares / samples / (FULL_SCALE * FULL_SCALE));
    return Math.max(AudioLevel.SILENCE, level);
  }
}
