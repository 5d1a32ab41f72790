package io.github.kvslocal.conformance.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 500 sockets on 50 channels, each with 20 messages per second, for ten seconds. */
@NeedsClient(Client.EMULATOR)
class SocketCrowdIT {
  private static final int CHANNELS = 50;
  private static final Duration WARM_UP = Duration.ofSeconds(2);
  private static final Duration MEASURED = Duration.ofSeconds(8);

  @Test
  void everyMessageComesOnceInOrderAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, List.of());
        SocketCrowd crowd = new SocketCrowd(emulator.port(), channels(emulator))) {
      crowd.talk(WARM_UP);
      int warmingUp = crowd.delivered();
      long before = liveBytes(emulator);

      Duration taken = crowd.talk(MEASURED);

      long after = liveBytes(emulator);
      System.out.printf(
          "sockets: %.0f messages per second for %.1f s, half of them within %.1f ms, 99 %% within"
              + " %.1f ms; live heap %d KiB after %d s, %d KiB at the end%n",
          (crowd.delivered() - warmingUp) / (taken.toNanos() / 1e9),
          taken.toNanos() / 1e9,
          millis(crowd, 0.5, warmingUp),
          millis(crowd, 0.99, warmingUp),
          before / 1024,
          WARM_UP.toSeconds(),
          after / 1024);
      assertThat(crowd.complaints()).isEmpty();
      assertThat(crowd.delivered()).isEqualTo(crowd.sent()).isEqualTo(CHANNELS * 10 * 20 * 10);
      assertThat(after).isCloseTo(before, Percentage.withPercentage(5));
    }
  }

  private static double millis(SocketCrowd crowd, double share, int first) {
    return crowd.latency(share, first).orElse(Duration.ZERO).toNanos() / 1e6;
  }

  private static List<String> channels(EmulatorProcess emulator) throws Exception {
    JsonClient client = new JsonClient(emulator.endpoint());
    List<String> arns = new ArrayList<>();
    for (int number = 0; number < CHANNELS; number++) {
      arns.add(
          client
              .call("/createSignalingChannel", "{\"ChannelName\":\"crowd-" + number + "\"}")
              .body()
              .path("ChannelARN")
              .asText());
    }
    return arns;
  }

  /** What is left of the heap after a whole collection. */
  private static long liveBytes(EmulatorProcess emulator) {
    String histogram =
        Command.of(
                Path.of(System.getProperty("java.home", ""), "bin", "jcmd").toString(),
                Long.toString(emulator.pid()),
                "GC.class_histogram")
            .succeed(Duration.ofSeconds(30));
    String total =
        histogram.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.trim().replaceAll(".* ", ""));
  }
}
