package io.github.kvslocal.routing.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LimiterTest {
  private final Limiter limiter = new Limiter();
  private final int[] sum = new int[PcmFrame.SAMPLES];
  private final short[] pcm = new short[PcmFrame.SAMPLES];

  @Test
  void sumThatFitsIsLeftAlone() {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = i % 2 == 0 ? i * 30 : -i * 30;
    }

    limiter.limit(sum, pcm);

    for (int i = Limiter.STEP; i < sum.length; i++) {
      assertThat(pcm[i]).isEqualTo((short) sum[i - Limiter.STEP]);
    }
  }

  @Test
  void whateverComesNothingIsLouderThanTheCeiling() {
    Random random = new Random(3);
    for (int frame = 0; frame < 2_000; frame++) {
      int loudness = 1 + random.nextInt(40 * Short.MAX_VALUE);
      for (int i = 0; i < sum.length; i++) {
        sum[i] = random.nextInt(2 * loudness) - loudness;
      }
      limiter.limit(sum, pcm);
      for (int i = 0; i < sum.length; i++) {
        assertThat((int) pcm[i]).isBetween(-Limiter.CEILING, Limiter.CEILING);
      }
      for (int i = Limiter.STEP; i < sum.length; i++) {
        assertThat(pcm[i] * (long) sum[i - Limiter.STEP]).isNotNegative();
      }
    }
  }

  @Test
  void steadyToneThatIsTooLoudStaysATone() {
    short[] out = new short[PcmFrame.RATE];
    for (int frame = 0; frame < 50; frame++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] = (int) (100_000 * Math.sin(Tones.angle(437, frame * sum.length + i)));
      }
      limiter.limit(sum, pcm);
      System.arraycopy(pcm, 0, out, frame * sum.length, sum.length);
    }

    Tones tones = new Tones(out, 9_600, 38_400);

    assertThat(tones.level(437)).isGreaterThan(28_000);
    assertThat(tones.loudestBeside(437)).isLessThan(tones.level(437) / 100);
  }

  /**
   * Several begin at full scale where a frame begins: all is turned down, and nothing is cut off.
   */
  @Test
  void onsetIsTurnedDownBeforeItIsHeard() {
    limiter.limit(sum, pcm);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (int) Math.round(3 * Limiter.CEILING * Math.cos(Tones.angle(437, i)));
    }

    limiter.limit(sum, pcm);

    for (int i = Limiter.STEP; i < sum.length; i++) {
      assertThat(pcm[i] - sum[i - Limiter.STEP] / 3.0).isBetween(-100.0, 100.0);
    }
  }

  /** The same where it is heard of in the midst of another sound: that goes down without a step. */
  @Test
  void soundBeforeAnOnsetIsTurnedDownSmoothly() {
    Arrays.fill(sum, 10_000);
    limiter.limit(sum, pcm);
    Arrays.fill(sum, 100_000);
    short last = pcm[pcm.length - 1];

    limiter.limit(sum, pcm);

    for (int i = 0; i < Limiter.STEP; i++) {
      assertThat(last - pcm[i]).isBetween(0, 100);
      last = pcm[i];
    }
    assertThat(pcm[Limiter.STEP]).isGreaterThan((short) 31_000);
  }

  @Test
  void gainReturnsWithinASecond() {
    Arrays.fill(sum, 100_000);
    limiter.limit(sum, pcm);
    Arrays.fill(sum, 10_000);

    for (int frame = 0; frame < 75; frame++) {
      limiter.limit(sum, pcm);
    }

    assertThat(pcm[0]).isGreaterThan((short) 9_900);
  }
}
