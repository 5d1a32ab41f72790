package io.github.kvslocal.conformance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.EmulatorProcess.Launch;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How many requests the emulator answers, and how fast. It shares the machine with its clients, so
 * what both took of it is printed: where a client's one thread took a whole core, it was what
 * limited the figure.
 */
@NeedsClient(Client.EMULATOR)
class RestBenchmark {
  private static final List<Integer> CONCURRENT = List.of(1, 16, 64);
  private static final List<String> CHANNELS =
      IntStream.range(0, 16).mapToObj(number -> "bench-" + number).toList();
  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration MEASURED = Duration.ofSeconds(8);

  @ParameterizedTest
  @EnumSource(Launch.class)
  void requestsPerSecond(Launch launch, @TempDir Path folder) throws Exception {
    try (EmulatorProcess emulator =
        EmulatorProcess.start(launch, folder, String.join(",", CHANNELS))) {
      measure(launch, emulator, "DescribeSignalingChannel", describe());
      measure(launch, emulator, "JoinStorageSession", join(emulator));
    }
  }

  private static List<byte[]> describe() {
    return CHANNELS.stream()
        .map(name -> "{\"ChannelName\":\"" + name + "\"}")
        .map(body -> LoadConnection.request("/describeSignalingChannel", body))
        .toList();
  }

  /** Nobody has a socket open, so the offers go nowhere. */
  private static List<byte[]> join(EmulatorProcess emulator) throws Exception {
    JsonClient client = new JsonClient(emulator.endpoint());
    List<byte[]> requests = new ArrayList<>();
    for (String name : CHANNELS) {
      String arn =
          client
              .call("/describeSignalingChannel", "{\"ChannelName\":\"" + name + "\"}")
              .body()
              .at("/ChannelInfo/ChannelARN")
              .asText();
      requests.add(
          LoadConnection.request("/joinStorageSession", "{\"channelArn\":\"" + arn + "\"}"));
    }
    return requests;
  }

  private static void measure(
      Launch launch, EmulatorProcess emulator, String operation, List<byte[]> requests)
      throws Exception {
    ProcessUsage itself = new ProcessUsage(emulator.pid());
    ProcessUsage clientSide = new ProcessUsage(ProcessHandle.current().pid());
    LoadGenerator generator = new LoadGenerator(emulator.port(), requests);
    for (int clients : CONCURRENT) {
      generator.run(clients, WARM_UP);
      double before = itself.cpuSeconds();
      double clientsBefore = clientSide.cpuSeconds();
      long[] nanos = generator.run(clients, MEASURED);

      assertThat(nanos).isNotEmpty();
      System.out.printf(
          "%-7s %-52s %6d/s, 99 %% within %5.2f ms, on %.2f cores; clients on %.2f, of %d%n",
          launch,
          operation + ", " + clients + (clients == 1 ? " client" : " clients"),
          nanos.length / MEASURED.toSeconds(),
          nanos[(int) (nanos.length * 0.99)] / 1e6,
          (itself.cpuSeconds() - before) / MEASURED.toSeconds(),
          (clientSide.cpuSeconds() - clientsBefore) / MEASURED.toSeconds(),
          Runtime.getRuntime().availableProcessors());
    }
  }
}
