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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** For the emulator to notice that the master has left, and to finish the fragment. */
  private static final Duration LEAVING = Duration.ofSeconds(2);

  private static long framesSent;
  private static Duration stopped;
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
      Thread.sleep(LEAVING.toMillis());
      recorded = RecordingAnalysis.of(download(emulator, folder.resolve("recording.mkv")));
      stopped = emulator.stop();
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
        .allSatisfy(flash -> assertThat(flash.offset()).isCloseTo(0, within(0.060)));
  }

  @Test
  void recordingIsAsLongAsTheSession() {
    assertThat(recorded.videoSeconds()).isCloseTo(SECONDS, within(0.5));
  }

  @Test
  void emulatorEndsWithinTwoSeconds() {
    assertThat(stopped).isLessThan(Duration.ofSeconds(2));
  }

  private static Path download(EmulatorProcess emulator, Path file)
      throws IOException, InterruptedException {
    URI recording = emulator.endpoint().resolve("/_kvslocal/streams/" + CHANNEL + "/recording.mkv");
    HttpResponse<Path> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(recording).timeout(DEADLINE).build(),
                HttpResponse.BodyHandlers.ofFile(file));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }
}
