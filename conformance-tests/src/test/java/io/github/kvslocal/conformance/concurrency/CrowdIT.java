package io.github.kvslocal.conformance.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd at a few names: nobody is answered nonsense, nothing is lost, not even by a kill. */
@NeedsClient(Client.EMULATOR)
class CrowdIT {
  /** No client of the crowd knows this one. */
  private static final String BYSTANDER = "bystander";

  private static final int SECONDS = 10;
  private static final int SECONDS_TO_LIVE = 3;

  @Test
  void crowdLeavesAConsistentStateThatSurvivesRestarts(@TempDir Path folder) throws Exception {
    Snapshot before;
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, BYSTANDER);
        Crowd crowd = new Crowd(emulator.endpoint())) {
      TimeUnit.SECONDS.sleep(SECONDS);
      Ledger ledger = crowd.settle();
      before = Snapshot.of(emulator.endpoint());

      System.out.println("crowd: " + ledger.counts());
      assertThat(ledger.complaints()).isEmpty();
      assertConsistent(before);
      assertThat(before.described())
          .allSatisfy(
              (arn, info) ->
                  assertThat(ledger.isSpent(arn, info.path("Version").asText()))
                      .as("whether the version of %s is older than its last change", arn)
                      .isFalse());
    }

    try (EmulatorProcess restarted = EmulatorProcess.start(folder, BYSTANDER)) {
      assertThat(Snapshot.of(restarted.endpoint())).isEqualTo(before);
      restarted.kill();
    }
    try (EmulatorProcess afterKill = EmulatorProcess.start(folder, BYSTANDER)) {
      assertThat(Snapshot.of(afterKill.endpoint())).isEqualTo(before);
    }
  }

  @Test
  void killAmidTheCrowdLeavesAConsistentState(@TempDir Path folder) throws Exception {
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, BYSTANDER);
        Crowd crowd = new Crowd(emulator.endpoint())) {
      TimeUnit.SECONDS.sleep(SECONDS_TO_LIVE);
      crowd.tire();
      emulator.kill();
      assertThat(crowd.settle().complaints()).isEmpty();
    }

    try (EmulatorProcess restarted = EmulatorProcess.start(folder, BYSTANDER)) {
      Snapshot after = Snapshot.of(restarted.endpoint());

      assertThat(after.described()).hasSizeGreaterThan(2);
      assertConsistent(after);
    }
  }

  private static void assertConsistent(Snapshot snapshot) {
    assertThat(snapshot.listed()).isEqualTo(snapshot.described());
    assertThat(snapshot.described().values().stream().map(info -> info.path("Version").asText()))
        .doesNotHaveDuplicates();
    assertThat(
            snapshot.described().values().stream()
                .map(info -> info.path("Status").asText("ACTIVE")))
        .containsOnly("ACTIVE");
    Map<String, String> reversed = new TreeMap<>();
    snapshot.recordings().forEach((channel, stream) -> reversed.put(stream, channel));
    assertThat(snapshot.sources()).isEqualTo(reversed);
    assertThat(snapshot.described()).containsKeys(reversed.keySet().toArray(new String[0]));
  }
}
