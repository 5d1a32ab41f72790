package io.github.kvslocal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.conformance.browser.BrowserMaster;
import io.github.kvslocal.conformance.browser.SentMedia;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.recording.DecodedFrame;
import io.github.kvslocal.conformance.recording.RecordingAnalysis;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A camera on a bad network: Chromium, whose every thirtieth datagram is lost on its way to the
 * emulator's UDP port and back, 50 ms there and back, some overtaken. No picture is missing for it.
 */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL
})
class LossyRecordingIT {
  private static final String CHANNEL = "garden";

  private static final String NETWORK = "loss=3%,delay=25ms,reorder=1%,seed=7";

  private static final int SECONDS = 20;

  /** Longer than the session with all that precedes it, so that no number comes twice. */
  private static final int CLIP_SECONDS = 45;

  private static final Pattern VIDEO =
      Pattern.compile("video=TrackStatistics\\[packets=(\\d+),.*? recovered=(\\d+),");

  private static Clip clip;
  private static SentMedia sent;
  private static RecordingAnalysis recorded;
  private static int packets;
  private static int recovered;

  @BeforeAll
  static void playOneSession(@TempDir Path folder) {
    clip = Clip.make(Path.of("target/clip").toAbsolutePath(), CLIP_SECONDS);
    String log;
    try (EmulatorProcess emulator =
        EmulatorProcess.start(folder, List.of("--channel", CHANNEL, "--network", NETWORK))) {
      sent =
          new BrowserMaster(folder, emulator.authority(), clip)
              .record(emulator.endpoint(), CHANNEL, SECONDS);
      emulator.stop();
      log = emulator.log();
      recorded = RecordingAnalysis.of(emulator.export(CHANNEL, folder.resolve("recording.mkv")));
    }
    Matcher video = VIDEO.matcher(log);
    if (video.find()) {
      packets = Integer.parseInt(video.group(1));
      recovered = Integer.parseInt(video.group(2));
    }
    System.err.printf(
        "sent %s; recorded %d frames, %.2f s, flashes %s; %s%n",
        sent,
        recorded.frames().size(),
        recorded.videoSeconds(),
        recorded.flashes(),
        log.lines().filter(line -> line.contains("recording-ended")).toList());
  }

  @Test
  void networkIsAsBadAsItIsSaidToBe() {
    assertThat(recovered).isBetween(packets * 2 / 100, packets * 5 / 100);
  }

  @Test
  void everyEncodedFrameIsRecorded() {
    assertThat(sent.framesSent()).isEqualTo(sent.framesEncoded());
    assertThat(sent.framesSent()).isGreaterThan(SECONDS * Clip.FRAME_RATE / 2);
    assertThat(recorded.frames().size()).isEqualTo(sent.framesEncoded());
  }

  @Test
  void recordingDecodesWithoutAComplaint() {
    assertThat(recorded.complaints()).isEmpty();
  }

  @Test
  void noFrameIsDoubledOrOutOfOrder() {
    assertThat(recorded.numbers()).doesNotContain(DecodedFrame.UNREADABLE);
    assertThat(recorded.unwrappedNumbers(clip.frames())).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void recordingIsAsLongAsTheSession() {
    assertThat(recorded.videoSeconds()).isCloseTo(sent.sentSeconds(), within(0.5));
  }
}
