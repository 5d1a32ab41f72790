package io.github.kvslocal.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.RTCStatsType;
import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.libwebrtc.LibwebrtcViewer;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults of media, as libwebrtc's own statistics tell them. At the gate a master sends and a viewer
 * watches all the while, whom nothing befalls.
 */
@NeedsClient({Client.EMULATOR, Client.WEBRTC_JAVA})
class MediaFaultsIT {
  private static final RTCStatsType SENT = RTCStatsType.OUTBOUND_RTP;
  private static final RTCStatsType RECEIVED = RTCStatsType.INBOUND_RTP;
  private static final Duration WHILE = Duration.ofSeconds(3);

  /** Pictures small enough for three encoders on a small machine. */
  private static final double SCALE = 4;

  private static final int BITS = 400_000;

  private static FaultBench bench;
  private static LibwebrtcMaster otherMaster;
  private static LibwebrtcViewer otherViewer;

  @BeforeAll
  static void start(@TempDir Path folder) {
    bench = FaultBench.start(folder, "gate", "lossy", "far", "storm", "never", "narrow");
    otherMaster = send("gate");
    otherViewer = watch("gate", "ann");
  }

  @AfterAll
  static void close() {
    try {
      otherViewer.close();
      otherMaster.close();
    } finally {
      bench.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss=0.1", "corrupt=0.1", "reorder=0.1 delay=40ms"})
  void whatAViewerMissesItAsksForAgainAndAnotherMissesNothing(String network) throws Exception {
    bench.add("network " + network + " seed=5 channel=gate client=bob ttl=1h");

    try (LibwebrtcViewer struck = watch("gate", "bob")) {
      TimeUnit.NANOSECONDS.sleep(WHILE.toNanos());

      assertThat(struck.figure(RECEIVED, "video", "nackCount")).isPositive();
      assertThat(struck.figure(RECEIVED, "video", "framesDecoded")).isPositive();
    }

    assertThat(otherViewer.figure(RECEIVED, "video", "nackCount")).isZero();
    assertThat(otherViewer.figure(RECEIVED, "video", "packetsLost")).isZero();
  }

  @Test
  void duplicatesReachTheViewerAndItsSrtpDropsThem() throws Exception {
    bench.add("network duplicate=1 channel=gate client=cyd");

    try (LibwebrtcViewer struck = watch("gate", "cyd")) {
      TimeUnit.NANOSECONDS.sleep(WHILE.toNanos());

      assertThat(arrivedForEachTaken(struck)).isGreaterThan(1.7);
      assertThat(struck.figure(RECEIVED, "video", "framesDecoded")).isPositive();
    }

    assertThat(arrivedForEachTaken(otherViewer)).isLessThan(1.5);
  }

  private static double arrivedForEachTaken(LibwebrtcViewer viewer) {
    return viewer.figure(RTCStatsType.TRANSPORT, "", "packetsReceived")
        / (viewer.figure(RECEIVED, "video", "packetsReceived")
            + viewer.figure(RECEIVED, "audio", "packetsReceived"));
  }

  @Test
  void whatTheEmulatorMissesItAsksItsMasterForAgain() throws Exception {
    bench.add("network loss=0.1 seed=5 channel=lossy");

    try (LibwebrtcMaster struck = send("lossy")) {
      TimeUnit.NANOSECONDS.sleep(WHILE.toNanos());

      assertThat(struck.figure(SENT, "video", "nackCount")).isPositive();
    }

    assertThat(otherMaster.figure(SENT, "video", "nackCount")).isZero();
  }

  @Test
  void delayIsInTheRoundTripThatTheMasterMeasures() throws Exception {
    bench.add("network delay=300ms channel=far");

    try (LibwebrtcMaster struck = send("far")) {
      TimeUnit.NANOSECONDS.sleep(2 * WHILE.toNanos());

      assertThat(roundTripSeconds(struck)).isBetween(0.5, 1.5);
    }

    assertThat(roundTripSeconds(otherMaster)).isBetween(0.0, 0.4);
  }

  private static double roundTripSeconds(LibwebrtcMaster master) {
    return master.figure(RTCStatsType.REMOTE_INBOUND_RTP, "video", "roundTripTime");
  }

  @Test
  void stormAsksTheMasterForOneKeyFrameAfterTheOther() throws Exception {
    double before = otherMaster.figure(SENT, "video", "pliCount");
    bench.add("pli=100ms channel=storm");

    try (LibwebrtcMaster struck = send("storm")) {
      TimeUnit.NANOSECONDS.sleep(WHILE.toNanos());

      assertThat(struck.figure(SENT, "video", "pliCount")).isGreaterThan(10);
    }

    assertThat(otherMaster.figure(SENT, "video", "pliCount")).isLessThanOrEqualTo(before + 1);
  }

  @Test
  void masterWhoIsNeverAskedForKeyFramesIsNotWhenAViewerComes() throws Exception {
    bench.add("pli=none channel=never");

    try (LibwebrtcMaster struck = send("never");
        LibwebrtcViewer viewer = watch("never", "ann")) {
      TimeUnit.NANOSECONDS.sleep(WHILE.toNanos());

      assertThat(viewer.figure(RTCStatsType.TRANSPORT, "", "packetsReceived")).isPositive();
      assertThat(struck.figure(SENT, "video", "pliCount")).isZero();
    }

    assertThat(otherMaster.figure(SENT, "video", "pliCount")).isPositive();
  }

  @Test
  void bandwidthIsWhatTheMasterThinksItHas() throws Exception {
    bench.add("bandwidth=150kbit channel=narrow");

    try (LibwebrtcMaster struck = send("narrow")) {
      TimeUnit.NANOSECONDS.sleep(2 * WHILE.toNanos());

      assertThat(bandwidth(struck)).isBetween(30_000.0, 165_000.0);
    }

    assertThat(bandwidth(otherMaster)).isGreaterThan(200_000);
  }

  private static double bandwidth(LibwebrtcMaster master) {
    // What is called available knows nothing of REMB; what the encoder is given does.
    return master.figure(SENT, "video", "targetBitrate");
  }

  private static LibwebrtcMaster send(String channel) {
    LibwebrtcMaster master = LibwebrtcMaster.connect(bench.endpoint(), channel, bench.tls());
    master.limit(SCALE, BITS);
    master.begin();
    return master;
  }

  private static LibwebrtcViewer watch(String channel, String clientId) {
    return LibwebrtcViewer.connect(bench.endpoint(), channel, clientId, bench.tls());
  }
}
