package io.github.kvslocal.conformance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * How long a test waits for an emulator in its own JVM: the first, the second and twenty of them,
 * and a reset. Each run is a fresh JVM with nothing else to do.
 */
class StartBenchmark {
  static final String MARK = "measured: ";
  private static final int FORKS = 9;

  @Test
  void startAndResetInProcess() {
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    for (int fork = 0; fork < FORKS; fork++) {
      Command.of(
              Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path", "."),
              StartProbe.class.getName())
          .succeed(Duration.ofMinutes(2))
          .lines()
          .filter(line -> line.startsWith(MARK))
          .map(line -> line.substring(MARK.length()).split("=", 2))
          .forEach(
              each ->
                  figures
                      .computeIfAbsent(each[0], what -> new ArrayList<>())
                      .add(Double.valueOf(each[1])));
    }

    figures.forEach(StartBenchmark::report);
    assertThat(figures.values()).isNotEmpty().allSatisfy(each -> assertThat(each).hasSize(FORKS));
  }

  private static void report(String what, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-32s median of %d %8.1f %s, best %8.1f%n",
        what,
        FORKS,
        sorted.get(FORKS / 2),
        what.startsWith("heap") ? "KiB" : "ms",
        sorted.get(0));
  }
}
