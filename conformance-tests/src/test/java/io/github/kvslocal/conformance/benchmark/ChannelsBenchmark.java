package io.github.kvslocal.conformance.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.kvslocal.KvsLocal;
import io.github.kvslocal.KvsLocalOptions;
import io.github.kvslocal.conformance.json.JsonClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a storage session costs that a viewer has joined and left again, beside many others in one
 * process: the time until it has its peer, the heap that this takes, and what is left afterwards.
 */
class ChannelsBenchmark {
  private static final int FEW = 250;
  private static final int MANY = 1_000;

  /** Garbage that was not collected, and caches that grow once. */
  private static final double NOISE_BYTES = 8 << 20;

  private record Cost(double microsPerJoin, double bytesPerSession, double bytesLeft) {}

  @Test
  void costOfASessionDoesNotGrowWithTheirNumber() throws Exception {
    try (KvsLocal emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults().withPort(0).withEphemeral(true).withChannels(names()))) {
      JsonClient client = new JsonClient(emulator.endpoint());
      List<String> arns = arns(client);
      cost(emulator, client, arns);

      Cost few = cost(emulator, client, arns.subList(0, FEW));
      Cost many = cost(emulator, client, arns);

      report(FEW, few);
      report(MANY, many);
      assertThat(many.microsPerJoin()).isLessThan(2 * few.microsPerJoin());
      assertThat(many.bytesPerSession()).isLessThan(2 * few.bytesPerSession() + NOISE_BYTES / MANY);
      assertThat(many.bytesLeft()).isLessThan(NOISE_BYTES);
      assertThat(client.read("/_kvslocal/clock").path("waitingCount").asInt()).isZero();
    }
  }

  private static Cost cost(KvsLocal emulator, JsonClient client, List<String> arns)
      throws InterruptedException {
    double before = heap();
    long start = System.nanoTime();
    for (String arn : arns) {
      client.succeed(
          "/joinStorageSessionAsViewer",
          JsonNodeFactory.instance.objectNode().put("channelArn", arn).put("clientId", "ann"));
    }
    double micros = (System.nanoTime() - start) / 1e3 / arns.size();
    double joined = heap();
    // Evicted after three minutes, their seats free after another one.
    emulator.clock().advance(Duration.ofMinutes(4));
    return new Cost(micros, (joined - before) / arns.size(), heap() - before);
  }

  private static List<String> names() {
    return IntStream.range(0, MANY).mapToObj(number -> "door" + number).toList();
  }

  private static List<String> arns(JsonClient client) {
    List<String> arns = new ArrayList<>();
    for (String name : names()) {
      arns.add(
          client
              .succeed(
                  "/describeSignalingChannel",
                  JsonNodeFactory.instance.objectNode().put("ChannelName", name))
              .at("/ChannelInfo/ChannelARN")
              .asText());
    }
    return arns;
  }

  /** Bytes that are in use when the collector has done what it can. */
  private static double heap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    for (int round = 0; round < 5; round++) {
      System.gc();
      Thread.sleep(100);
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void report(int channels, Cost cost) {
    System.out.printf(
        "%4d channels: %.0f us per join, %.0f KiB of heap per session, %.1f MiB left afterwards%n",
        channels,
        cost.microsPerJoin(),
        cost.bytesPerSession() / 1024,
        cost.bytesLeft() / (1 << 20));
  }
}
