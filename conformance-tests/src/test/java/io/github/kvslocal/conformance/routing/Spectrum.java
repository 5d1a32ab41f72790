package io.github.kvslocal.conformance.routing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How loud each frequency of a sound is in the lower quartile of pieces of 0.7 s: what sounds all
 * the time counts, and not the moments in which a packet came too late.
 */
final class Spectrum {
  private static final double RATE = 48_000;
  private static final int LENGTH = 1 << 15;

  /** Bins to either side that a tone is looked for in: 3 Hz. */
  private static final int NEAR = 2;

  // Below a quarter of a thousandth of full scale is nothing that anybody says.
  private static final double FLOOR = 2.5e-4;

  /** Blackman-Harris, whose side lobes are 92 dB down. */
  private static final double[] WINDOW = {0.35875, -0.48829, 0.14128, -0.01168};

  private final List<double[]> pieces;
  private final double[] power;

  private Spectrum(List<double[]> pieces, double[] power) {
    this.pieces = pieces;
    this.power = power;
  }

  /**
   * The spectrum of 16-bit samples of 48 kHz, little end first.
   *
   * @throws IllegalArgumentException if it is shorter than 0.7 s
   */
  static Spectrum of(byte[] sound) {
    ShortBuffer samples = ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    if (samples.limit() < LENGTH) {
      throw new IllegalArgumentException("too short: " + samples.limit() + " samples");
    }
    List<double[]> pieces = new ArrayList<>();
    for (int start = 0; start + LENGTH <= samples.limit(); start += LENGTH / 2) {
      pieces.add(piece(samples, start));
    }
    double[] power = new double[LENGTH / 2];
    for (int bin = 0; bin < power.length; bin++) {
      int at = bin;
      double[] sorted = pieces.stream().mapToDouble(piece -> piece[at]).sorted().toArray();
      power[bin] = sorted[sorted.length / 4];
    }
    return new Spectrum(pieces, power);
  }

  /**
   * A peak.
   *
   * @param frequency in hertz
   * @param below how many decibels it is quieter than the loudest
   */
  record Tone(int frequency, double below) {
    @Override
    public String toString() {
      return "%d (-%.0f dB)".formatted(frequency, below);
    }
  }

  /**
   * All tones that are not more than so many decibels below the loudest, to the hertz and in order;
   * none in silence.
   */
  List<Tone> tones(double decibels) {
    double loudest = FLOOR * FLOOR;
    for (double each : power) {
      loudest = Math.max(loudest, each);
    }
    double least = Math.max(FLOOR * FLOOR, loudest * Math.pow(10, -decibels / 10));
    List<Tone> tones = new ArrayList<>();
    for (int bin = 1; bin < power.length - 1; bin++) {
      if (power[bin] >= least && power[bin] > power[bin - 1] && power[bin] >= power[bin + 1]) {
        int frequency = (int) Math.round((bin + summit(bin)) * RATE / LENGTH);
        tones.add(new Tone(frequency, 10 * Math.log10(loudest / power[bin])));
      }
    }
    return tones;
  }

  /**
   * By how many decibels this frequency is quieter than the loudest, in that piece where it is
   * least so: what sounded for a moment only counts, too.
   */
  double distanceAtWorst(int hertz) {
    int at = (int) Math.round(hertz * LENGTH / RATE);
    double worst = Double.POSITIVE_INFINITY;
    for (double[] piece : pieces) {
      double loudest = FLOOR * FLOOR;
      for (double each : piece) {
        loudest = Math.max(loudest, each);
      }
      for (int bin = at - NEAR; bin <= at + NEAR; bin++) {
        worst = Math.min(worst, 10 * Math.log10(loudest / piece[bin]));
      }
    }
    return worst;
  }

  /** Where between its neighbours a peak is, in bins: the summit of a parabola of decibels. */
  private double summit(int bin) {
    double left = Math.log(power[bin - 1]);
    double right = Math.log(power[bin + 1]);
    return (left - right) / 2 / (left - 2 * Math.log(power[bin]) + right);
  }

  private static double[] piece(ShortBuffer samples, int start) {
    double[] real = new double[LENGTH];
    double[] imaginary = new double[LENGTH];
    for (int index = 0; index < LENGTH; index++) {
      double window = 0;
      for (int term = 0; term < WINDOW.length; term++) {
        window += WINDOW[term] * Math.cos(2 * Math.PI * term * index / LENGTH);
      }
      // A sine of full scale has the power 1.
      real[index] = samples.get(start + index) * window * 2 / (32_768.0 * WINDOW[0] * LENGTH);
    }
    transform(real, imaginary);
    double[] power = new double[LENGTH / 2];
    for (int bin = 0; bin < power.length; bin++) {
      power[bin] = real[bin] * real[bin] + imaginary[bin] * imaginary[bin];
    }
    return power;
  }

  /** The fast Fourier transform in place, by halving (Cooley and Tukey). */
  private static void transform(double[] real, double[] imaginary) {
    int length = real.length;
    int shift = Integer.numberOfLeadingZeros(length) + 1;
    for (int index = 0; index < length; index++) {
      int mirrored = Integer.reverse(index) >>> shift;
      if (mirrored > index) {
        double kept = real[index];
        real[index] = real[mirrored];
        real[mirrored] = kept;
      }
    }
    for (int half = 1; half < length; half *= 2) {
      for (int step = 0; step < half; step++) {
        double angle = -Math.PI * step / half;
        double cos = Math.cos(angle);
        double sin = Math.sin(angle);
        for (int even = step; even < length; even += 2 * half) {
          int odd = even + half;
          double turnedReal = cos * real[odd] - sin * imaginary[odd];
          double turnedImaginary = sin * real[odd] + cos * imaginary[odd];
          real[odd] = real[even] - turnedReal;
          imaginary[odd] = imaginary[even] - turnedImaginary;
          real[even] += turnedReal;
          imaginary[even] += turnedImaginary;
        }
      }
    }
  }
}
