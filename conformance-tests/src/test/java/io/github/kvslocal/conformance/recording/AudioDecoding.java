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
  private static final int LOUD = Short.MAX_VALUE / 10;

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
    double lastLoud = Double.NEGATIVE_INFINITY;
    Matcher shown = SHOWN.matcher(stream.log());
    while (shown.find()) {
      double start = Double.parseDouble(shown.group(1));
      int count = Integer.parseInt(shown.group(2));
      for (int sample = 0; sample < count; sample++) {
        if (Math.abs(samples.get()) > LOUD) {
          double at = start + sample / RATE;
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
}
