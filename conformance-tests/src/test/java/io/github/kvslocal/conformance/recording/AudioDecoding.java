package io.github.kvslocal.conformance.recording;

import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sound of a file, decoded by ffmpeg and listened to. */
final class AudioDecoding {
  private static final double RATE = 48_000;
  private static final double LOUD = Short.MAX_VALUE / 10.0;

  /** A beep begins after at least this much quiet, in seconds. */
  private static final double QUIET = 0.5;

  private static final Pattern SHOWN =
      Pattern.compile("\\bn:\\d+ pts:\\S+ pts_time:([-\\d.]+) .*?nb_samples:(\\d+) ");

  private AudioDecoding() {}

  /**
   * When each beep begins, in seconds of the file's time; every frame counts from its own stamp.
   */
  static List<Double> beeps(Path file) {
    FilteredStream stream =
        FilteredStream.decode(
            file,
            "-map",
            "0:a:0",
            "-af",
            "ashowinfo,aformat=sample_fmts=s16:sample_rates=48000:channel_layouts=mono",
            "-f",
            "s16le");
    ShortBuffer samples = stream.bytes().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    List<Double> beeps = new ArrayList<>();
    Pitch pitch = new Pitch();
    double lastLoud = Double.NEGATIVE_INFINITY;
    Matcher shown = SHOWN.matcher(stream.log());
    while (shown.find()) {
      double start = Double.parseDouble(shown.group(1));
      int count = Integer.parseInt(shown.group(2));
      for (int sample = 0; sample < count; sample++) {
        if (pitch.loudness(samples.get()) > LOUD) {
          double at = start + (sample - Pitch.DELAY) / RATE;
          if (at - lastLoud > QUIET) {
            beeps.add(at);
          }
          lastLoud = at;
        }
      }
    }
    if (samples.hasRemaining()) {
      throw new IllegalStateException("ffmpeg wrote " + samples.remaining() + " unnamed samples");
    }
    return beeps;
  }

  /** How loud the beeps' frequency is in the last ten milliseconds, whatever else sounds. */
  private static final class Pitch {
    /** Samples after which a beep of half the full scale is louder than {@link #LOUD}. */
    static final int DELAY = 96;

    private static final int WINDOW = 480;
    private static final int PERIOD = 48;

    private final double[] cosines = new double[WINDOW];
    private final double[] sines = new double[WINDOW];
    private double cosine;
    private double sine;
    private int next;

    double loudness(short sample) {
      int slot = next++ % WINDOW;
      double angle = 2 * Math.PI * (slot % PERIOD) / PERIOD;
      cosine -= cosines[slot];
      sine -= sines[slot];
      cosines[slot] = sample * Math.cos(angle);
      sines[slot] = sample * Math.sin(angle);
      cosine += cosines[slot];
      sine += sines[slot];
      return 2 * Math.hypot(cosine, sine) / WINDOW;
    }
  }
}
