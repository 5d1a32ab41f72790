package io.github.kvslocal.conformance.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.conformance.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a recording of the {@link io.github.kvslocal.conformance.clip.Clip} really holds. ffprobe
 * and ffmpeg are the judges; nothing of the emulator is asked.
 *
 * @param codecs the streams' codecs in ffprobe's words, video first
 * @param complaints what the decoder found wrong, empty if nothing
 * @param frames every decoded picture, in the decoder's order
 * @param beeps when each beep begins, in seconds
 * @param videoBytes bytes of coded video by whole second since the first packet
 */
public record RecordingAnalysis(
    List<String> codecs,
    String complaints,
    List<DecodedFrame> frames,
    List<Double> beeps,
    Map<Integer, Long> videoBytes) {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** A flash and its beep are at most so far apart, in seconds; further ones belong to others. */
  private static final double PAIR = 0.9;

  /** Seconds; a beep lasts a tenth of one. */
  private static final double CUT_OFF = 0.3;

  /** Decodes the whole file. */
  public static RecordingAnalysis of(Path file) {
    JsonNode probe = probe(file);
    return new RecordingAnalysis(
        codecs(probe),
        complaints(file),
        VideoDecoding.of(file),
        AudioDecoding.beeps(file),
        videoBytes(probe));
  }

  /** The pictures' own numbers in the file's order; {@link DecodedFrame#UNREADABLE} among them. */
  public List<Integer> numbers() {
    return frames.stream().map(DecodedFrame::number).toList();
  }

  /**
   * The numbers as if the clip had no end: where it starts over they go on counting.
   *
   * @param clipFrames after how many frames the clip starts over
   */
  public List<Integer> unwrappedNumbers(int clipFrames) {
    List<Integer> unwrapped = new ArrayList<>();
    int rounds = 0;
    int previous = 0;
    for (int number : numbers()) {
      if (number < previous - clipFrames / 2) {
        rounds++;
      }
      previous = number;
      unwrapped.add(number + rounds * clipFrames);
    }
    return unwrapped;
  }

  /** The different sizes of pictures, as {@code 1280x720}. */
  public List<String> sizes() {
    return frames.stream().map(frame -> frame.width() + "x" + frame.height()).distinct().toList();
  }

  /**
   * Each flash with its beep, in order; a flash without one has an offset that is no number. One so
   * close to the end that its beep may be cut off does not count.
   */
  public List<Flash> flashes() {
    List<Flash> flashes = new ArrayList<>();
    double end = frames.isEmpty() ? 0 : frames.get(frames.size() - 1).at() - CUT_OFF;
    // A recording that begins in the middle of a flash does not show where it began.
    boolean lit = true;
    for (DecodedFrame frame : frames) {
      if (frame.lit() && !lit && frame.at() < end) {
        flashes.add(new Flash(frame.number(), frame.at(), offsetOfBeep(frame.at())));
      }
      lit = frame.lit();
    }
    return flashes;
  }

  private double offsetOfBeep(double flash) {
    return beeps.stream()
        .map(beep -> beep - flash)
        .filter(offset -> Math.abs(offset) < PAIR)
        .min(Comparator.comparing(Math::abs))
        .orElse(Double.NaN);
  }

  /**
   * From the first picture to the end of the last one, in seconds; 0 if there are fewer than two.
   */
  public double videoSeconds() {
    if (frames.size() < 2) {
      return 0;
    }
    double shown = frames.get(frames.size() - 1).at() - frames.get(0).at();
    return shown * frames.size() / (frames.size() - 1);
  }

  /** The best of the first so many seconds of video, in kbit/s. */
  public long peakKilobitsPerSecond(int seconds) {
    return videoBytes.entrySet().stream()
        .filter(second -> second.getKey() < seconds)
        .mapToLong(second -> second.getValue() * 8 / 1000)
        .max()
        .orElse(0);
  }

  private static JsonNode probe(Path file) {
    String json =
        Command.of(
                "ffprobe",
                "-v",
                "error",
                "-show_entries",
                "stream=codec_type,codec_name:packet=codec_type,pts_time,size",
                "-of",
                "json",
                file.toString())
            .succeed(DEADLINE);
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("ffprobe printed no JSON", e);
    }
  }

  private static List<String> codecs(JsonNode probe) {
    Map<String, String> byType = new TreeMap<>(Comparator.reverseOrder());
    for (JsonNode stream : probe.path("streams")) {
      byType.put(stream.path("codec_type").asText(), stream.path("codec_name").asText());
    }
    return List.copyOf(byType.values());
  }

  private static Map<Integer, Long> videoBytes(JsonNode probe) {
    Map<Integer, Long> bytes = new TreeMap<>();
    double start = Double.NaN;
    for (JsonNode packet : probe.path("packets")) {
      if (packet.path("codec_type").asText().equals("video")) {
        double at = packet.path("pts_time").asDouble();
        start = Double.isNaN(start) ? at : start;
        bytes.merge((int) (at - start), packet.path("size").asLong(), Long::sum);
      }
    }
    return bytes;
  }

  private static String complaints(Path file) {
    // A browser's camera is not on a raster, so ffmpeg's output must not be on one either.
    return Command.of(
            "ffmpeg",
            "-v",
            "error",
            "-i",
            file.toString(),
            "-fps_mode",
            "passthrough",
            "-enc_time_base:v",
            "-1",
            "-f",
            "null",
            "-")
        .run(DEADLINE)
        .errors()
        .trim();
  }

  /**
   * A flash and the beep that belongs to it.
   *
   * @param frame the number of the first picture with the lamp on
   * @param at when that picture is shown, in seconds
   * @param offset the beep's beginning minus the flash's, in seconds
   */
  public record Flash(int frame, double at, double offset) {}
}
