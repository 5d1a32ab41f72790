package io.github.kvslocal.conformance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.master.Masters;
import io.github.kvslocal.conformance.master.SyntheticStream;
import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.EmulatorProcess.Launch;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the emulator costs. The source of media runs in this process, so that its work is not
 * counted; the figures are read from the emulator's own process.
 */
@NeedsClient(Client.EMULATOR)
class EmulatorBenchmark {
  private static final int STARTS = 7;
  private static final int WARM_UP = 60;
  private static final int HANDSHAKES = 15;
  private static final int SESSION_SECONDS = 122;
  private static final int TIMEOUT_SECONDS = 20;
  private static final String CHANNEL = "bench";

  @ParameterizedTest
  @EnumSource(Launch.class)
  void startToReady(Launch launch, @TempDir Path folder) {
    EmulatorProcess.start(launch, folder, CHANNEL).close();
    List<Duration> starts = new ArrayList<>();
    for (int run = 0; run < STARTS; run++) {
      long begin = System.nanoTime();
      EmulatorProcess emulator = EmulatorProcess.start(launch, folder, CHANNEL);
      starts.add(Duration.ofNanos(System.nanoTime() - begin));
      emulator.close();
    }

    report(launch, "start to Ready., median of " + STARTS, median(starts).toMillis() + " ms");
    assertThat(starts).hasSize(STARTS);
  }

  @ParameterizedTest
  @EnumSource(Launch.class)
  @NeedsClient(Client.PYTHON)
  void joinToOfferOnTheSocket(Launch launch, @TempDir Path folder) {
    try (EmulatorProcess emulator = EmulatorProcess.start(launch, folder, CHANNEL)) {
      List<Double> millis =
          Command.of(
                  "python3",
                  "src/test/scripts/join-to-offer.py",
                  Integer.toString(emulator.port()),
                  emulator.authority().toString(),
                  Integer.toString(WARM_UP + HANDSHAKES))
              .succeed(Duration.ofMinutes(1))
              .lines()
              .map(Double::valueOf)
              .toList();

      List<Double> warm = millis.subList(WARM_UP, millis.size()).stream().sorted().toList();
      report(launch, "join to offer on the socket, first", "%.1f ms".formatted(millis.get(0)));
      report(
          launch,
          "join to offer on the socket, warm, median of " + HANDSHAKES,
          "%.1f ms".formatted(warm.get(HANDSHAKES / 2)));
    }
  }

  @ParameterizedTest
  @EnumSource(Launch.class)
  void handshakeAndSession(Launch launch, @TempDir Path folder) throws Exception {
    try (EmulatorProcess emulator = EmulatorProcess.start(launch, folder, CHANNEL);
        Masters masters = new Masters(emulator, CHANNEL)) {
      ProcessUsage usage = new ProcessUsage(emulator.pid());
      report(launch, "memory when idle", usage.residentMebibytes() + " MiB");
      handshakes(launch, masters);
      session(launch, masters, usage);
    }
  }

  private static void handshakes(Launch launch, Masters masters) throws Exception {
    List<Duration> connections = new ArrayList<>();
    for (int run = 0; run < WARM_UP + HANDSHAKES; run++) {
      try (RemoteMaster master = masters.join(List.of())) {
        connections.add(master.answerToConnected().get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
      }
    }

    report(launch, "answer to connected, first", milliseconds(connections.get(0)));
    report(launch, "answer to connected, warm, median of " + HANDSHAKES, warmMedian(connections));
  }

  private static void session(Launch launch, Masters masters, ProcessUsage usage) throws Exception {
    List<EncodedFrame> frames = SyntheticStream.seconds(SESSION_SECONDS);
    try (RemoteMaster master = masters.join(frames)) {
      master.connected().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      for (String minute : List.of("first", "second")) {
        double before = usage.cpuSeconds();
        // A measurement lasts as long as it lasts.
        TimeUnit.MINUTES.sleep(1);
        report(
            launch,
            "CPU for the " + minute + " minute of 2 Mbit/s 720p",
            "%.2f s".formatted(usage.cpuSeconds() - before));
      }
      report(launch, "memory with one session", usage.residentMebibytes() + " MiB");
      assertThat(master.complaints()).isEmpty();
    }
  }

  /** The client is a JVM that has to warm up as well. */
  private static String warmMedian(List<Duration> durations) {
    return milliseconds(median(durations.subList(WARM_UP, durations.size())));
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }

  private static String milliseconds(Duration duration) {
    return "%.1f ms".formatted(duration.toNanos() / 1e6);
  }

  private static void report(Launch launch, String what, String value) {
    System.out.printf("%-7s %-52s %s%n", launch, what, value);
  }
}
