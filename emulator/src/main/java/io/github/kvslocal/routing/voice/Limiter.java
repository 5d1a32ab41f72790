package io.github.kvslocal.routing.voice;

import java.util.Arrays;

/**
 * Turns a sum of voices into samples that fit: quietly as it is, and turned down where it would not
 * fit, smoothly within the 2.5 ms before, then slowly up again. A sum that fits comes out
 * unchanged. What comes out went in 2.5 ms earlier, so that nothing is a surprise.
 */
final class Limiter {
  /** The loudest sample it lets out: 0.4 dB below full scale. */
  static final int CEILING = 31_300;

  /** Samples that share a gain at their end, and by which it looks ahead: 2.5 ms. */
  static final int STEP = 120;

  /** The gain rises by this part of what is missing with every step: half in about 0.2 s. */
  private static final float RELEASE = 1 / 115f;

  /** What went in last, and comes out next. */
  private final int[] held = new int[STEP];

  private float gain = 1;

  /** The next frame is not the one after the last: before it, it was silent. */
  void reset() {
    gain = 1;
    Arrays.fill(held, 0);
  }

  /**
   * Limits a frame.
   *
   * @param sum {@link PcmFrame#SAMPLES} sums
   * @param pcm gets as many samples, the last {@link #STEP} of the frame before first; none is
   *     beyond {@link #CEILING}
   */
  void limit(int[] sum, short[] pcm) {
    float allowed = allowed(held, 0);
    for (int at = 0; at < sum.length; at += STEP) {
      float allowedNext = allowed(sum, at);
      float released = gain + (1 - gain) * RELEASE;
      float end = Math.min(released, Math.min(allowed, allowedNext));
      if (at == 0) {
        step(held, 0, pcm, at, end);
      } else {
        step(sum, at - STEP, pcm, at, end);
      }
      gain = end;
      allowed = allowedNext;
    }
    System.arraycopy(sum, sum.length - STEP, held, 0, STEP);
  }

  /** The gain at which a step fits. */
  private static float allowed(int[] sum, int from) {
    int peak = 1;
    for (int i = from; i < from + STEP; i++) {
      peak = Math.max(peak, Math.abs(sum[i]));
    }
    return Math.min(1, (float) CEILING / peak);
  }

  /** The step fits at the gain that it begins with, since that was seen to, and at its last. */
  private void step(int[] sum, int from, short[] pcm, int to, float end) {
    float rise = (end - gain) / STEP;
    for (int i = 0; i < STEP; i++) {
      pcm[to + i] = (short) Math.round(sum[from + i] * (gain + rise * (i + 1)));
    }
  }
}
