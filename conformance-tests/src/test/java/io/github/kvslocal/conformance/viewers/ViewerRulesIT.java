package io.github.kvslocal.conformance.viewers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.kvslocal.conformance.libwebrtc.LibwebrtcViewer;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesisvideowebrtcstorage.model.ClientLimitExceededException;

/** Three viewers whom no master serves, through the front door, while the clock is moved. */
@NeedsClient({Client.EMULATOR, Client.WEBRTC_JAVA})
class ViewerRulesIT {
  private static final String CHANNEL = "door";

  private final List<LibwebrtcViewer> viewers = new ArrayList<>();
  private EmulatorProcess emulator;
  private SSLContext tls;
  private MovableClock clock;

  @BeforeEach
  void connectThreeViewers(@TempDir Path folder) {
    emulator = EmulatorProcess.start(folder, CHANNEL);
    tls = TrustedAuthority.of(emulator.authority());
    clock = new MovableClock(emulator.endpoint());
    List.of("ann", "bob", "cyd").forEach(this::connect);
  }

  @AfterEach
  void close() {
    try {
      viewers.forEach(LibwebrtcViewer::close);
    } finally {
      emulator.close();
    }
  }

  @Test
  void theFourthViewerIsRefusedInTheDocumentedWords() {
    assertRefused("dot");
  }

  @Test
  void evictedViewersSeeTheirConnectionsClose() {
    clock.advance("PT3M");

    assertThat(viewers)
        .allSatisfy(
            viewer -> assertThat(viewer.untilDtlsIsClosed(Duration.ofSeconds(1))).isPresent());
    assertThat(viewers)
        .allSatisfy(
            viewer -> assertThat(viewer.untilNotConnected(Duration.ofSeconds(10))).isPresent());
  }

  @Test
  void viewersStayUntilTheThreeMinutesAreOver() {
    clock.advance("PT2M30S");

    assertThat(viewers.get(0).untilDtlsIsClosed(Duration.ofSeconds(1))).isEmpty();
  }

  @Test
  void whatAnAdvanceLeavesOfTheThreeMinutesPassesByItself() {
    clock.advance("PT2M50S");

    assertThat(viewers.get(0).untilDtlsIsClosed(Duration.ofSeconds(30))).isPresent();
  }

  @Test
  void seatsOfTheEvictedAreTheirsForAMinuteAndThenAnybodys() {
    clock.advance("PT3M");
    assertRefused("dot");
    connect("ann");

    clock.advance("PT1M");

    connect("dot");
    connect("eve");
    assertRefused("fay");
  }

  private void connect(String id) {
    try {
      viewers.add(LibwebrtcViewer.connect(emulator.endpoint(), CHANNEL, id, tls));
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          id + " did not connect; the emulator's log: " + emulator.log(), e);
    }
  }

  private void assertRefused(String id) {
    assertThatExceptionOfType(ClientLimitExceededException.class)
        .isThrownBy(() -> connect(id))
        .withMessageContaining("maximum number of viewers connected to the session")
        .satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(400));
  }
}
