package io.github.kvslocal.conformance.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.crowd.Crowd;
import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A crowd at a few names: nobody is answered nonsense, nothing is lost, not even by a kill. */
@NeedsClient(Client.EMULATOR)
class CrowdIT {
  /** No client of the crowd knows this one. */
  private static final String BYSTANDER = "bystander";

  private static final int CLIENTS = 64;
  private static final List<String> NAMES =
      IntStream.range(0, 20).mapToObj(number -> "name-" + number).toList();
  private static final long SEED = 20_261_120;
  private static final Duration TIME = Duration.ofSeconds(10);

  /** After so many answers the crowd is at everything. */
  private static final int ANSWERS = 5_000;

  /** Longer than it ever takes until it is stopped. */
  private static final Duration OPEN_END = Duration.ofMinutes(5);

  private final Ledger ledger = new Ledger();

  @Test
  void crowdLeavesAConsistentStateThatSurvivesRestarts(@TempDir Path folder) throws Exception {
    Snapshot before;
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, BYSTANDER);
        Crowd crowd = crowd(emulator, TIME)) {
      crowd.join();
      before = Snapshot.of(emulator.endpoint());

      assertThat(ledger.complaints()).isEmpty();
      assertThat(ledger.counts())
          .as("what happened at all, changes as well as collisions")
          .containsKeys(
              "/createSignalingChannel 200",
              "/createSignalingChannel ResourceInUseException",
              "/updateSignalingChannel 200",
              "/updateSignalingChannel VersionMismatchException",
              "/updateSignalingChannel ResourceNotFoundException",
              "/deleteSignalingChannel 200",
              "/updateDataRetention 200",
              "/deleteStream 200",
              "/updateMediaStorageConfiguration 200",
              "/updateMediaStorageConfiguration ResourceInUseException",
              "/TagResource 200",
              "/tagStream 200");
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
        Crowd crowd = crowd(emulator, OPEN_END)) {
      ledger.awaitAnswers(ANSWERS);
      ledger.forgive();
      emulator.kill();
      ledger.awaitBrokenOff(CLIENTS);
      crowd.stop();
      crowd.join();

      assertThat(ledger.complaints()).isEmpty();
    }

    try (EmulatorProcess restarted = EmulatorProcess.start(folder, BYSTANDER)) {
      Snapshot after = Snapshot.of(restarted.endpoint());

      assertThat(after.described()).hasSizeGreaterThan(2);
      assertConsistent(after);
    }
  }

  /** Sixty-four clients at the same twenty names of channels and of streams. */
  private Crowd crowd(EmulatorProcess emulator, Duration time) {
    JsonClient client = new JsonClient(emulator.endpoint());
    return new Crowd(
        IntStream.range(0, CLIENTS)
            .mapToObj(number -> new Actor(client, NAMES, SEED + number, ledger))
            .toList(),
        time);
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
