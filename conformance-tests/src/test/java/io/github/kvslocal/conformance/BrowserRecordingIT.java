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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A camera's twenty seconds, from Chromium with the published packages into a file: nothing is
 * lost, nothing is doubled, sound stays with the picture. One session is played and looked at from
 * all sides.
 */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL
})
class BrowserRecordingIT {
  private static final String CHANNEL = "front-door";
  private static final int SECONDS = 20;

  /** Longer than the session with all that precedes it, so that no number comes twice. */
  private static final int CLIP_SECONDS = 45;

  private static Clip clip;
  private static SentMedia sent;
  private static RecordingAnalysis recorded;

  @BeforeAll
  static void playOneSession(@TempDir Path folder) {
    clip = Clip.make(Path.of("target/clip").toAbsolutePath(), CLIP_SECONDS);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL)) {
      sent =
          new BrowserMaster(folder, emulator.authority(), clip)
              .record(emulator.endpoint(), CHANNEL, SECONDS);
      emulator.stop();
      recorded = RecordingAnalysis.of(emulator.export(CHANNEL, folder.resolve("recording.mkv")));
    }
    System.err.printf(
        "sent %s; recorded %d frames, %.2f s, flashes %s%n",
        sent, recorded.frames().size(), recorded.videoSeconds(), recorded.flashes());
  }

  @Test
  void browserSendsWhatWasAskedForWithoutTrouble() {
    assertThat(sent.framesSent()).isGreaterThan(SECONDS * Clip.FRAME_RATE * 8 / 10);
    assertThat(sent.sentSeconds()).isCloseTo(SECONDS, within(0.5));
  }

  @Test
  void recordingIsH264AndOpusInFullSize() {
    assertThat(recorded.codecs()).containsExactly("h264", "opus");
    assertThat(recorded.sizes()).containsExactly("1280x720");
  }

  @Test
  void recordingDecodesWithoutAComplaint() {
    assertThat(recorded.complaints()).isEmpty();
  }

  @Test
  void recordingHoldsTheFramesThatWereSent() {
    assertThat(recorded.frames()).hasSizeBetween(sent.framesSent() * 99 / 100, sent.framesSent());
  }

  @Test
  void noFrameIsDoubledOrOutOfOrder() {
    assertThat(recorded.numbers()).doesNotContain(DecodedFrame.UNREADABLE);
    assertThat(recorded.unwrappedNumbers(clip.frames())).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void soundStaysWithThePicture() {
    assertThat(recorded.flashes())
        .hasSizeGreaterThanOrEqualTo(SECONDS / 2 - 1)
        .allSatisfy(
            flash ->
                assertThat(flash.offset()).isCloseTo(sent.ownOffset(flash.frame()), within(0.040)));
  }

  @Test
  void recordingIsAsLongAsTheSession() {
    assertThat(recorded.videoSeconds()).isCloseTo(sent.sentSeconds(), within(0.5));
  }

  @Test
  void bitrateIsUpWithinFiveSeconds() {
    assertThat(recorded.peakKilobitsPerSecond(5)).isGreaterThan(1_500);
  }
}
