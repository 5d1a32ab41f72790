package io.github.kvslocal.routing.voice;

/** Which tones are in a stretch of sound, by Goertzel's algorithm under a Hann window. */
public final class Tones {
  private static final int LOWEST = 100;
  private static final int HIGHEST = 5_000;
  private static final int STEP = 10;

  /** Frequencies this near to a tone are the tone. */
  private static final int NEAR = 25;

  private final double[] windowed;

  public Tones(short[] pcm, int from, int length) {
    windowed = new double[length];
    for (int i = 0; i < length; i++) {
      windowed[i] = pcm[from + i] * (1 - Math.cos(2 * Math.PI * i / length));
    }
  }

  /** The phase of a tone at a sample. */
  static double angle(double frequency, int sample) {
    return 2 * Math.PI * frequency * sample / PcmFrame.RATE;
  }

  /** The amplitude of a frequency. */
  public double level(double frequency) {
    double turn = 2 * Math.cos(angle(frequency, 1));
    double last = 0;
    double before = 0;
    for (double sample : windowed) {
      double next = sample + turn * last - before;
      before = last;
      last = next;
    }
    double power = last * last + before * before - turn * last * before;
    return 2 * Math.sqrt(Math.max(0, power)) / windowed.length;
  }

  /** The amplitude of the loudest frequency that is none of these. */
  public double loudestBeside(int... expected) {
    double loudest = 0;
    for (int frequency = LOWEST; frequency < HIGHEST; frequency += STEP) {
      boolean near = false;
      for (int tone : expected) {
        near |= Math.abs(tone - frequency) < NEAR;
      }
      if (!near) {
        loudest = Math.max(loudest, level(frequency));
      }
    }
    return loudest;
  }
}
