package io.github.kvslocal.conformance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.EmulatorProcess.Launch;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the emulator costs. The source of media runs in this process, so that its work is not
 * counted; the figures are read from the emulator's own process.
 */
@NeedsClient({Client.EMULATOR, Client.WEBRTC_JAVA})
class EmulatorBenchmark {
  private static final int STARTS = 7;
  private static final int HANDSHAKES = 5;
  private static final int BITS_PER_SECOND = 2_000_000;
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
  void handshakeAndSession(Launch launch, @TempDir Path folder) {
    try (EmulatorProcess emulator = EmulatorProcess.start(launch, folder, CHANNEL)) {
      ProcessUsage usage = new ProcessUsage(emulator.pid());
      report(launch, "memory when idle", usage.residentMebibytes() + " MiB");
      handshakes(launch, emulator);
      session(launch, emulator, usage);
    }
  }

  private static void handshakes(Launch launch, EmulatorProcess emulator) {
    connect(emulator).close();
    List<Duration> offers = new ArrayList<>();
    List<Duration> connections = new ArrayList<>();
    for (int run = 0; run < HANDSHAKES; run++) {
      LibwebrtcMaster master = connect(emulator);
      offers.add(master.joinToOffer());
      connections.add(master.answerToConnected());
      master.close();
    }

    report(launch, "join to offer, warm, median of " + HANDSHAKES, milliseconds(median(offers)));
    report(
        launch,
        "answer to connected, warm, median of " + HANDSHAKES,
        milliseconds(median(connections)));
  }

  private static void session(Launch launch, EmulatorProcess emulator, ProcessUsage usage) {
    try (LibwebrtcMaster master = connect(emulator)) {
      master.limitVideo(BITS_PER_SECOND);
      for (String minute : List.of("first", "second")) {
        double before = usage.cpuSeconds();
        long frames = master.framesSent();
        master.send(Duration.ofMinutes(1));
        report(
            launch,
            "CPU for the " + minute + " minute of 2 Mbit/s 720p",
            "%.2f s (%d frames)"
                .formatted(usage.cpuSeconds() - before, master.framesSent() - frames));
      }
      report(launch, "memory with one session", usage.residentMebibytes() + " MiB");
    }
  }

  private static LibwebrtcMaster connect(EmulatorProcess emulator) {
    return LibwebrtcMaster.connect(
        emulator.endpoint(), CHANNEL, TrustedAuthority.of(emulator.authority()));
  }

  private static Duration median(List<Duration> durations) {
    return durations.stream().sorted().toList().get(durations.size() / 2);
  }

  private static String milliseconds(Duration duration) {
    return "%.1f ms".formatted(duration.toNanos() / 1e6);
  }

  private static void report(Launch launch, String what, String value) {
    System.out.printf("%-7s %-45s %s%n", launch, what, value);
  }
}
