package io.github.kvslocal.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No account, no telemetry, no look-up: a start asks nobody for anything. */
@NeedsClient({Client.EMULATOR, Client.NETNS, Client.TCPDUMP})
class OfflineIT {
  /**
   * What the script itself sends in the end, which proves that the capture would have seen more.
   */
  private static final String PROOF_PATTERN =
      " 203\\.0\\.113\\.2\\.\\d+ > 198\\.51\\.100\\.7\\.9: UDP, length 6";

  @Test
  void emulatorBecomesReadyWithoutSendingAPacket(@TempDir Path folder) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("unshare", "-n", "bash", "src/test/scripts/offline.sh"));
    words.add(folder.toString());
    words.addAll(EmulatorProcess.command(folder.resolve("data"), "alone"));

    Command.of(words).succeed(Duration.ofSeconds(60));

    assertThat(folder.resolve("emulator.out")).content().contains(EmulatorProcess.READY);
    assertThat(Files.readAllLines(folder.resolve("packets.txt")))
        .singleElement()
        .asString()
        .containsPattern(PROOF_PATTERN);
  }
}
