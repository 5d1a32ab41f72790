package io.github.kvslocal.conformance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.libwebrtc.LibwebrtcMaster;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void startToReady(@TempDir Path folder) {
    List<Duration> starts = new ArrayList<>();
    for (int run = 0; run < STARTS; run++) {
      long begin = System.nanoTime();
      EmulatorProcess emulator = EmulatorProcess.start(folder.resolve("run-" + run), CHANNEL);
      starts.add(Duration.ofNanos(System.nanoTime() - begin));
      emulator.close();
    }

    report("start to Ready., median of " + STARTS, median(starts).toMillis() + " ms");
    assertThat(starts).hasSize(STARTS);
  }

  @Test
  void handshakeAndSession(@TempDir Path folder) {
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, CHANNEL)) {
      ProcessUsage usage = new ProcessUsage(emulator.pid());
      report("memory when idle", usage.residentMebibytes() + " MiB");
      handshakes(emulator);
      session(emulator, usage);
    }
  }

  private static void handshakes(EmulatorProcess emulator) {
    connect(emulator).close();
    List<Duration> offers = new ArrayList<>();
    List<Duration> connections = new ArrayList<>();
    for (int run = 0; run < HANDSHAKES; run++) {
      LibwebrtcMaster master = connect(emulator);
      offers.add(master.joinToOffer());
      connections.add(master.answerToConnected());
      master.close();
    }

    report("join to offer, warm, median of " + HANDSHAKES, milliseconds(median(offers)));
    report("answer to connected, warm, median of " + HANDSHAKES, milliseconds(median(connections)));
  }

  private static void session(EmulatorProcess emulator, ProcessUsage usage) {
    try (LibwebrtcMaster master = connect(emulator)) {
      master.limitVideo(BITS_PER_SECOND);
      double before = usage.cpuSeconds();
      master.send(Duration.ofMinutes(1));
      report(
          "CPU for a minute of 2 Mbit/s 720p",
          "%.2f s (%d frames)".formatted(usage.cpuSeconds() - before, master.framesSent()));
      report("memory with one session", usage.residentMebibytes() + " MiB");
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

  private static void report(String what, String value) {
    System.out.printf("%-45s %s%n", what, value);
  }
}
