package io.github.kvslocal.conformance.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.OpenHandles;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of JoinStorageSession that come all at once. */
@NeedsClient({Client.EMULATOR, Client.WEBRTC_JAVA})
class ManyJoinsIT {
  private static final String CHANNEL = "door";
  private static final int JOINS = 50;
  private static final int ROUNDS = 10;

  /**
   * Idle threads of pools (handshakes, disk, STUN transactions), which come and go; one more for
   * each round would be a leak.
   */
  private static final int POOLED = ROUNDS / 2;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void everyOneHasItsOfferOneMasterSurvivesAndNothingIsLeft(@TempDir Path folder) throws Exception {
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL)) {
      SSLContext tls = TrustedAuthority.of(emulator.authority());
      MovableClock clock = new MovableClock(emulator.endpoint());
      joinManyTimes(emulator, tls, clock);
      OpenHandles before = OpenHandles.settled(emulator.pid());

      for (int round = 0; round < ROUNDS; round++) {
        joinManyTimes(emulator, tls, clock);
      }

      OpenHandles after = OpenHandles.settled(emulator.pid());
      assertThat(after.sockets()).isLessThanOrEqualTo(before.sockets());
      assertThat(after.files()).isLessThanOrEqualTo(before.files());
      assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + POOLED);
    }
  }

  /** Returns when nobody is left in the session. */
  private static void joinManyTimes(EmulatorProcess emulator, SSLContext tls, MovableClock clock)
      throws Exception {
    try (LibwebrtcMaster master =
        LibwebrtcMaster.connectByManyJoins(emulator.endpoint(), CHANNEL, tls, JOINS)) {
      master.send(Duration.ofSeconds(1));
      assertThat(master.framesSent()).isPositive();
      // Of the session and of its one socket.
      assertThat(clock.waitingOfChannels()).isEqualTo(2);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (clock.waitingOfChannels() > 0) {
      assertThat(System.nanoTime()).as("a session is left").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
