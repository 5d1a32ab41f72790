package io.github.kvslocal.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.RTCPeerConnectionState;
import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of ICE and DTLS, as libwebrtc sees them; the master at the gate is let alone. */
@NeedsClient({Client.EMULATOR, Client.WEBRTC_JAVA})
class ConnectionFaultsIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ZERO;

  private static FaultBench bench;
  private static LibwebrtcMaster other;

  @BeforeAll
  static void start(@TempDir Path folder) {
    bench = FaultBench.start(folder, "gate", "deaf", "false", "silent");
    other = LibwebrtcMaster.connect(bench.endpoint(), "gate", bench.tls());
  }

  @AfterAll
  static void close() {
    try {
      other.close();
    } finally {
      bench.close();
    }
  }

  @Test
  void checksThatAreIgnoredLeaveIceCheckingAndTheNextConnectionIsMade() {
    bench.add("ignore-checks channel=deaf count=1");

    try (LibwebrtcMaster struck = LibwebrtcMaster.join(bench.endpoint(), "deaf", bench.tls())) {
      assertThat(struck.until(RTCPeerConnectionState.CONNECTED, SOON)).isEmpty();
      assertThat(struck.until(RTCPeerConnectionState.CONNECTING, AT_ONCE)).isPresent();
    }

    assertOtherIsConnected();
    assertConnects("deaf");
  }

  @Test
  void wrongFingerprintLetsDtlsFailAndTheNextConnectionIsMade() {
    bench.add("wrong-fingerprint channel=false count=1");

    try (LibwebrtcMaster struck = LibwebrtcMaster.join(bench.endpoint(), "false", bench.tls())) {
      assertThat(struck.until(RTCPeerConnectionState.FAILED, SOON)).as(struck::story).isPresent();
    }

    assertOtherIsConnected();
    assertConnects("false");
  }

  @Test
  void silenceEndsAConnectionThatWasUp() {
    bench.add("silence after=1s channel=silent");

    try (LibwebrtcMaster struck =
        LibwebrtcMaster.connect(bench.endpoint(), "silent", bench.tls())) {
      assertThat(struck.until(RTCPeerConnectionState.DISCONNECTED, SOON.multipliedBy(2)))
          .isPresent();
    }

    assertOtherIsConnected();
  }

  private static void assertOtherIsConnected() {
    assertThat(other.until(RTCPeerConnectionState.CONNECTED, AT_ONCE)).isPresent();
  }

  private static void assertConnects(String channel) {
    LibwebrtcMaster.connect(bench.endpoint(), channel, bench.tls()).close();
  }
}
