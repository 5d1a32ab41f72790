package io.github.kvslocal.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.recording.DecodedFrame;
import io.github.kvslocal.conformance.recording.RecordingAnalysis;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master without a browser: libwebrtc, the AWS SDK for Java and the JDK's WebSocket. */
@NeedsClient({Client.EMULATOR, Client.WEBRTC_JAVA, Client.FFMPEG})
class LibwebrtcRecordingIT {
  private static final String CHANNEL = "doorbell";
  private static final int SECONDS = 12;

  private static long framesSent;
  private static RecordingAnalysis recorded;

  @BeforeAll
  static void playOneSession(@TempDir Path folder) throws IOException, InterruptedException {
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL)) {
      try (LibwebrtcMaster master =
          LibwebrtcMaster.connect(
              emulator.endpoint(), CHANNEL, TrustedAuthority.of(emulator.authority()))) {
        master.send(Duration.ofSeconds(SECONDS));
        framesSent = master.framesSent();
      }
      emulator.stop();
      Path recording = folder.resolve("recording.mkv");
      emulator.export(CHANNEL, recording);
      recorded = RecordingAnalysis.of(recording);
    }
  }

  @Test
  void recordingIsH264AndOpusInFullSize() {
    assertThat(recorded.codecs()).containsExactly("h264", "opus");
    assertThat(recorded.sizes()).containsExactly("1280x720");
    assertThat(recorded.complaints()).isEmpty();
  }

  @Test
  void recordingHoldsTheFramesThatWereSentOnceAndInOrder() {
    assertThat((long) recorded.frames().size()).isBetween(framesSent * 99 / 100, framesSent);
    assertThat(recorded.numbers())
        .doesNotContain(DecodedFrame.UNREADABLE)
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void soundStaysWithThePicture() {
    assertThat(recorded.flashes())
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(flash -> assertThat(flash.offset()).isCloseTo(0, within(0.040)));
  }

  @Test
  void recordingIsAsLongAsTheSession() {
    assertThat(recorded.videoSeconds()).isCloseTo(SECONDS, within(0.5));
  }
}
