package io.github.kvslocal.routing.voice;

/**
 * Turns a sum of voices into samples that fit: quietly as it is, and turned down where it would not
 * fit, at once and smoothly within 2.5 ms, then slowly up again. A sum that fits comes out
 * unchanged.
 */
final class Limiter {
  /** The loudest sample it lets out: 0.4 dB below full scale. */
  static final int CEILING = 31_300;

  /** Samples that share a gain at their end: 2.5 ms. */
  private static final int STEP = 120;

  /** The gain rises by this part of what is missing with every step: half in about 0.2 s. */
  private static final float RELEASE = 1 / 115f;

  private float gain = 1;

  /** The next frame is not the one after the last. */
  void reset() {
    gain = 1;
  }

  /**
   * Limits a frame.
   *
   * @param sum {@link PcmFrame#SAMPLES} sums
   * @param pcm gets as many samples, none beyond {@link #CEILING}
   */
  void limit(int[] sum, short[] pcm) {
    float allowed = allowed(sum, 0);
    for (int from = 0; from < sum.length; from += STEP) {
      int next = from + STEP;
      float allowedNext = next < sum.length ? allowed(sum, next) : allowed;
      float released = gain + (1 - gain) * RELEASE;
      float end = Math.min(released, Math.min(allowed, allowedNext));
      step(sum, pcm, from, end);
      gain = end;
      allowed = allowedNext;
    }
  }

  /** The gain at which a step fits. */
  private static float allowed(int[] sum, int from) {
    int peak = 1;
    for (int i = from; i < from + STEP; i++) {
      peak = Math.max(peak, Math.abs(sum[i]));
    }
    return Math.min(1, (float) CEILING / peak);
  }

  private void step(int[] sum, short[] pcm, int from, float end) {
    float rise = (end - gain) / STEP;
    for (int i = 0; i < STEP; i++) {
      float sample = sum[from + i] * (gain + rise * (i + 1));
      // only the first step after a frame can be surprised by what comes
      pcm[from + i] = (short) Math.max(-CEILING, Math.min(CEILING, Math.round(sample)));
    }
  }
}
