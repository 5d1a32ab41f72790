package io.github.kvslocal.conformance.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.routing.Spectrum.Tone;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class SpectrumTest {
  private static final int RATE = 48_000;

  @Test
  void everyToneOfAMixtureIsFoundAndNothingElse() {
    byte[] sound = sound(new double[][] {{437, 0.2}, {1_013, 0.1}, {2_903, 0.02}});

    assertThat(Spectrum.of(sound).tones(40))
        .extracting(Tone::frequency)
        .containsExactly(437, 1_013, 2_903);
  }

  @Test
  void whatIsQuieterThanAskedForIsLeftOut() {
    byte[] sound = sound(new double[][] {{437, 0.2}, {1_013, 0.0015}});

    assertThat(Spectrum.of(sound).tones(40)).extracting(Tone::frequency).containsExactly(437);
    assertThat(Spectrum.of(sound).tones(45))
        .extracting(Tone::frequency)
        .containsExactly(437, 1_013);
  }

  @Test
  void silenceHasNoTones() {
    assertThat(Spectrum.of(sound(new double[0][])).tones(40)).isEmpty();
  }

  @Test
  void whatSoundsForAMomentIsSeenInItsPiece() {
    byte[] sound = sound(new double[][] {{437, 0.2}});
    byte[] moment = sound(new double[][] {{437, 0.2}, {1_013, 0.01}});
    System.arraycopy(moment, sound.length / 2, sound, sound.length / 2, sound.length / 8);

    assertThat(Spectrum.of(sound).tones(40)).extracting(Tone::frequency).containsExactly(437);
    assertThat(Spectrum.of(sound).distanceAtWorst(1_013)).isBetween(20.0, 40.0);
    assertThat(Spectrum.of(sound).distanceAtWorst(1_787)).isGreaterThan(60);
  }

  private static byte[] sound(double[][] tones) {
    ByteBuffer samples = ByteBuffer.allocate(4 * RATE).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample = 0; samples.hasRemaining(); sample++) {
      double sum = 0;
      for (double[] tone : tones) {
        sum += tone[1] * Math.sin(2 * Math.PI * tone[0] * sample / RATE);
      }
      samples.putShort((short) Math.round(Short.MAX_VALUE * sum));
    }
    return samples.array();
  }
}
