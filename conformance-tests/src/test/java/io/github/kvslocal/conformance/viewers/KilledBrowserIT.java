package io.github.kvslocal.conformance.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.browser.BrowserMaster;
import io.github.kvslocal.conformance.clip.Clip;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.recording.DecodedFrame;
import io.github.kvslocal.conformance.recording.RecordingAnalysis;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A browser that dies in the middle of its session and can say goodbye to nobody, and the one that
 * comes after it.
 */
@NeedsClient({
  Client.EMULATOR,
  Client.CHROMIUM,
  Client.NODE,
  Client.NPM,
  Client.FFMPEG,
  Client.CERTUTIL
})
class KilledBrowserIT {
  private static final String CHANNEL = "front-door";
  private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(60);
  private static final Duration UNTIL_KILLED = Duration.ofSeconds(8);
  private static final int SECONDS_AFTERWARDS = 6;

  /** Consent is given up after 30 s at most (RFC 7675 section 5.1). */
  private static final Duration UNTIL_MISSED = Duration.ofSeconds(45);

  /** Seconds from the death of the first browser to the first picture of the next. */
  private static final double LEAST_PAUSE = 5;

  private static RecordingAnalysis first;
  private static RecordingAnalysis both;

  @BeforeAll
  static void playTwoSessions(@TempDir Path folder) throws Exception {
    Clip clip = Clip.make(Path.of("target/clip").toAbsolutePath(), 45);
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL)) {
      new BrowserMaster(folder.resolve("killed"), emulator.authority(), clip)
          .killAfter(emulator.endpoint(), CHANNEL, () -> sends(emulator));
      emulator.awaitLog("recording-ended", UNTIL_MISSED);
      first = RecordingAnalysis.of(emulator.fetch(CHANNEL, folder.resolve("first.mkv")));
      new BrowserMaster(folder.resolve("next"), emulator.authority(), clip)
          .record(emulator.endpoint(), CHANNEL, SECONDS_AFTERWARDS);
      emulator.stop();
      both = RecordingAnalysis.of(emulator.export(CHANNEL, folder.resolve("both.mkv")));
    }
  }

  private static void sends(EmulatorProcess emulator) {
    emulator.awaitLog("media can flow", UNTIL_CONNECTED);
    try {
      TimeUnit.NANOSECONDS.sleep(UNTIL_KILLED.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a browser sent", e);
    }
  }

  @Test
  void recordingEndsCleanlyWithItsLastFragmentPlayable() {
    assertThat(first.complaints()).isEmpty();
    assertThat(first.codecs()).containsExactly("h264", "opus");
    assertThat(first.videoSeconds()).isBetween(4.0, 2.0 * UNTIL_KILLED.toSeconds());
    assertThat(first.numbers()).doesNotContain(DecodedFrame.UNREADABLE);
  }

  @Test
  void nextMasterGoesOnInTheSameStream() {
    assertThat(both.complaints()).isEmpty();
    assertThat(both.frames().size() - first.frames().size())
        .isGreaterThan(SECONDS_AFTERWARDS * Clip.FRAME_RATE / 2);
    assertThat(both.numbers().subList(0, first.frames().size())).isEqualTo(first.numbers());
  }

  @Test
  void whatIsRecordedLaterHasLaterTimestamps() {
    List<Double> times = both.frames().stream().map(DecodedFrame::at).toList();

    assertThat(times).isSorted().doesNotHaveDuplicates();
    int next = first.frames().size();
    assertThat(times.get(next) - times.get(next - 1)).isGreaterThan(LEAST_PAUSE);
  }
}
