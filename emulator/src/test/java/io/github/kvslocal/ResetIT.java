package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.KvsLocalOptions.QuotaProfile;
import io.github.kvslocal.peer.PeerEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a reset everything that can be read says what it said after the start. */
class ResetIT {
  /** So that what is made at a start and at a reset has the same times and ARNs. */
  private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");

  private static final List<String> ALWAYS_THE_SAME =
      List.of(
          "/_kvslocal/ca.pem",
          "/_kvslocal/health",
          "/_kvslocal/openapi.json",
          "/_kvslocal/operations",
          "/_kvslocal/ready",
          // Playback is not built.
          "/listFragments");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everythingIsAsAfterTheStartAndTheNextMasterIsRecorded(boolean onDisk) throws Exception {
    try (MasterBench bench = new MasterBench(options(onDisk, InstantSource.fixed(NOW)))) {
      List<String> fresh = Readings.of(bench.emulator, FullHouse.NAMES);
      FullHouse house = new FullHouse(bench);
      assertThat(Readings.unchanged(fresh, Readings.of(bench.emulator, FullHouse.NAMES)))
          .containsExactlyElementsOf(ALWAYS_THE_SAME);

      bench.emulator.reset();

      assertThat(bench.emulator.journal().entries()).isEmpty();
      assertThat(Readings.of(bench.emulator, FullHouse.NAMES)).isEqualTo(fresh);
      assertThat(bench.emulator.clock().now()).isEqualTo(NOW);
      assertThat(bench.emulator.faults().list()).isEmpty();
      assertThat(recordings()).isEmpty();
      house.master.close();
      house.viewer.close();
      FullHouse.assertRecords(bench, "door");
    }
  }

  @Test
  void everythingThatCanBeReadIsRead() throws Exception {
    try (KvsLocal emulator = KvsLocal.start()) {
      assertThat(Readings.notAsked(emulator)).isEmpty();
    }
  }

  @Test
  void everybodyIsToldGoodbye() throws Exception {
    try (MasterBench bench = new MasterBench(options(false, InstantSource.system()))) {
      FullHouse house = new FullHouse(bench);

      bench.emulator.reset();

      assertThat(house.socket.next()).isEqualTo("close 1001 the emulator is reset");
      assertThat(house.alexa.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(404);
      assertThat(house.master.ended())
          .succeedsWithin(20, TimeUnit.SECONDS)
          .isEqualTo(PeerEnd.REMOTE_CLOSED);
      assertThat(house.viewer.ended())
          .succeedsWithin(20, TimeUnit.SECONDS)
          .isEqualTo(PeerEnd.REMOTE_CLOSED);
      house.master.close();
      house.viewer.close();
      assertThat(house.master.complaints()).singleElement().asString().contains(": 1001 ");
      assertThat(house.viewer.complaints()).singleElement().asString().contains(": 1001 ");
      assertThat(bench.emulator.journal().entries()).isEmpty();
    }
  }

  @Test
  void resetHoldsAfterARestart() throws Exception {
    List<String> fresh;
    try (MasterBench bench = new MasterBench(options(true, InstantSource.fixed(NOW)))) {
      fresh = Readings.of(bench.emulator, FullHouse.NAMES);
      FullHouse house = new FullHouse(bench);
      bench.emulator.reset();
      house.master.close();
      house.viewer.close();
    }

    try (KvsLocal again = KvsLocal.start(options(true, InstantSource.fixed(NOW)))) {
      assertThat(withoutAddresses(Readings.of(again, FullHouse.NAMES)))
          .isEqualTo(withoutAddresses(fresh));
    }
  }

  /** Each emulator has a port of its own. */
  private static List<String> withoutAddresses(List<String> readings) {
    return readings.stream().map(each -> each.replaceAll("[0-9]+/udp|:[0-9]{4,5}", "")).toList();
  }

  @Test
  void quotasCountFromNothing() throws Exception {
    KvsLocalOptions options =
        options(false, InstantSource.fixed(NOW)).withQuotas(QuotaProfile.DOCUMENTED);
    try (KvsLocal emulator = KvsLocal.start(options)) {
      Client client = new Client(emulator);
      exhaust(client);

      emulator.reset();

      assertThat(client.post("https", "/listSignalingChannels", "{}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void endpointsCertificateAndTrustStayUntilTheEnd() throws Exception {
    Path file;
    try (KvsLocal emulator = KvsLocal.start()) {
      var before = List.of(emulator.endpoint(), emulator.secureEndpoint(), emulator.authorityPem());
      file = emulator.trustFile();

      emulator.reset();

      assertThat(List.of(emulator.endpoint(), emulator.secureEndpoint(), emulator.authorityPem()))
          .isEqualTo(before);
      assertThat(emulator.trustFile()).isEqualTo(file).hasContent(emulator.authorityPem());
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void closedEmulatorSaysSo() throws Exception {
    KvsLocal emulator = KvsLocal.start();
    emulator.close();

    assertThatThrownBy(emulator::reset)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the emulator is closed; start another one");
  }

  private static void exhaust(Client client) throws Exception {
    int status = 200;
    for (int calls = 0; status == 200 && calls < 1_000; calls++) {
      status = client.post("https", "/listSignalingChannels", "{}").statusCode();
    }
    assertThat(status).isNotEqualTo(200);
  }

  private List<Path> recordings() throws Exception {
    if (!Files.exists(directory.resolve("data"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
      return files.filter(file -> file.toString().endsWith(".mkv")).toList();
    }
  }

  private KvsLocalOptions options(boolean onDisk, InstantSource clock) {
    KvsLocalBuilder builder = KvsLocal.builder().channels("door").timeSource(clock);
    return (onDisk ? builder.dataDirectory(directory.resolve("data")) : builder).options();
  }
}
