package io.github.kvslocal.conformance.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsClient(Client.FFMPEG)
class RecordingAnalysisTest {
  @TempDir private static Path folder;
  private static Clip clip;

  @BeforeAll
  static void makeClip() {
    clip = Clip.make(folder, 5);
  }

  @Test
  void faultlessFileHasEveryFrameOnceAndBeepsWithFlashes() {
    RecordingAnalysis analysis = RecordingAnalysis.of(encode("whole.mkv", "null", 0));

    assertThat(analysis.codecs()).containsExactly("h264", "opus");
    assertThat(analysis.complaints()).isEmpty();
    assertThat(analysis.sizes()).containsExactly("1280x720");
    assertThat(analysis.numbers()).isEqualTo(IntStream.range(0, 150).boxed().toList());
    assertThat(analysis.videoSeconds()).isCloseTo(5, within(0.05));
    assertThat(analysis.peakKilobitsPerSecond(5)).isGreaterThan(1_500);
    assertThat(analysis.flashes())
        .extracting(RecordingAnalysis.Flash::frame)
        .containsExactly(60, 120);
    assertThat(analysis.flashes())
        .allSatisfy(flash -> assertThat(flash.offset()).isCloseTo(0, within(0.010)));
  }

  @Test
  void scaledPicturesAreStillRead() {
    RecordingAnalysis analysis = RecordingAnalysis.of(encode("small.mkv", "scale=320:180", 0));

    assertThat(analysis.sizes()).containsExactly("320x180");
    assertThat(analysis.numbers()).isEqualTo(IntStream.range(0, 150).boxed().toList());
  }

  @Test
  void missingFramesLeaveAHoleInTheNumbers() {
    RecordingAnalysis analysis =
        RecordingAnalysis.of(encode("hole.mkv", "select='not(between(n\\,70\\,79))'", 0));

    assertThat(analysis.numbers())
        .hasSize(140)
        .isSorted()
        .doesNotContain(70, 75, 79)
        .contains(69, 80);
  }

  @Test
  void repeatedFramesAreSeenTwice() {
    RecordingAnalysis analysis = RecordingAnalysis.of(encode("again.mkv", "fps=60", 0));

    assertThat(analysis.numbers()).hasSizeGreaterThan(290);
    assertThat(analysis.numbers().stream().distinct()).hasSize(150);
  }

  @Test
  void soundThatComesLateIsMeasured() {
    RecordingAnalysis analysis = RecordingAnalysis.of(encode("late.mkv", "null", 0.15));

    assertThat(analysis.flashes())
        .isNotEmpty()
        .allSatisfy(flash -> assertThat(flash.offset()).isCloseTo(0.15, within(0.010)));
  }

  @Test
  void damagedPicturesAreComplainedOf() throws IOException {
    Path file = encode("damaged.mkv", "null", 0);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 2_000, (byte) 0x5a);
    Files.write(file, bytes);

    assertThat(RecordingAnalysis.of(file).complaints()).isNotEmpty();
  }

  @Test
  void numbersGoOnCountingWhereTheClipStartsOver() {
    List<DecodedFrame> frames = new ArrayList<>();
    for (int number : new int[] {1_198, 1_199, 0, 1}) {
      frames.add(new DecodedFrame(0, Clip.WIDTH, Clip.HEIGHT, number, false));
    }
    RecordingAnalysis analysis = new RecordingAnalysis(List.of(), "", frames, List.of(), Map.of());

    assertThat(analysis.unwrappedNumbers(1_200)).containsExactly(1_198, 1_199, 1_200, 1_201);
  }

  private static Path encode(String name, String filter, double soundDelay) {
    Path file = folder.resolve(name);
    String encoding = "-c:v libx264 -preset ultrafast -b:v 4M -c:a libopus -y";
    List<String> words = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-framerate", "30"));
    words.addAll(List.of("-i", clip.video().toString()));
    words.addAll(List.of("-itsoffset", Double.toString(soundDelay)));
    words.addAll(List.of("-i", clip.audio().toString(), "-vf", filter, "-fps_mode", "vfr"));
    words.addAll(List.of(encoding.split(" ", -1)));
    words.add(file.toString());
    Command.of(words).succeed(Duration.ofMinutes(1));
    return file;
  }
}
