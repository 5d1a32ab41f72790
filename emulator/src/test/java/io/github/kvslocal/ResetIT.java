package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.KvsLocalOptions.QuotaProfile;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After a reset every operation that reads answers what it answered after the start. */
class ResetIT {
  private static final List<EncodedFrame> FRAMES = Clip.frames();

  /** So that what is made at a start and at a reset has the same times and ARNs. */
  private static final Instant NOW = Instant.parse("2026-11-20T11:00:00Z");

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everythingReadAnswersAsAfterTheStart(boolean onDisk) throws Exception {
    try (MasterBench bench = new MasterBench(options(onDisk, InstantSource.fixed(NOW)))) {
      List<String> fresh = readings(bench.emulator);
      fill(bench);
      assertThat(readings(bench.emulator)).isNotEqualTo(fresh);

      bench.emulator.reset();

      assertThat(bench.emulator.journal().entries()).isEmpty();
      assertThat(readings(bench.emulator)).isEqualTo(fresh);
      assertThat(bench.emulator.clock().now()).isEqualTo(NOW);
      assertThat(recordings()).isEmpty();
    }
  }

  @Test
  void resetHoldsAfterARestart() throws Exception {
    try (MasterBench bench = new MasterBench(options(true, InstantSource.fixed(NOW)))) {
      fill(bench);
      bench.emulator.reset();
    }

    try (KvsLocal again = KvsLocal.start(options(true, InstantSource.fixed(NOW)))) {
      assertThat(new Client(again).post("https", "/listSignalingChannels", "{}").body())
          .contains("\"ChannelName\":\"door\"")
          .doesNotContain("garden");
    }
  }

  @Test
  void liveMastersSessionLeavesNothingAndTheNextOneConnects() throws Exception {
    try (MasterBench bench = new MasterBench(options(false, InstantSource.system()))) {
      RemoteMaster former = bench.join("door", new AnswerPlan(true, Setup.ACTIVE), FRAMES);
      former.allSent().get(20, TimeUnit.SECONDS);

      bench.emulator.reset();

      former.close();
      assertThat(bench.emulator.journal().entries()).isEmpty();
      RemoteMaster next = bench.join("door", new AnswerPlan(true, Setup.ACTIVE), FRAMES);
      next.allSent().get(20, TimeUnit.SECONDS);
      next.close();
      assertThat(bench.emulator.journal().entries()).isNotEmpty();
    }
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

  private void fill(MasterBench bench) throws Exception {
    RecordedChannel garden = bench.emulator.createChannel("garden");
    Client client = bench.client;
    for (String[] call :
        new String[][] {
          {"/TagResource", "{\"ResourceARN\":\"%s\",\"Tags\":[{\"Key\":\"a\",\"Value\":\"b\"}]}"},
          {
            "/updateSignalingChannel",
            "{\"ChannelARN\":\"%s\",\"CurrentVersion\":\"%v\",\"SingleMasterConfiguration\":"
                + "{\"MessageTtlSeconds\":7}}"
          }
        }) {
      String version = version(client, garden);
      assertThat(
              client
                  .post(
                      "https", call[0], call[1].replace("%s", garden.arn()).replace("%v", version))
                  .statusCode())
          .isEqualTo(200);
    }
    RemoteMaster master = bench.join("door", new AnswerPlan(true, Setup.ACTIVE), FRAMES);
    master.allSent().get(20, TimeUnit.SECONDS);
    master.close();
    bench.log.await("recording-ended", "door");
    bench.emulator.clock().advance(Duration.ofMinutes(7));
  }

  private static String version(Client client, RecordedChannel channel) throws Exception {
    String body =
        client
            .post(
                "https", "/describeSignalingChannel", "{\"ChannelARN\":\"" + channel.arn() + "\"}")
            .body();
    return body.replaceAll("(?s).*\"Version\":\"([^\"]*)\".*", "$1");
  }

  /** What every operation that reads says, but for versions, which are thrown by dice. */
  private static List<String> readings(KvsLocal emulator) throws Exception {
    Client client = new Client(emulator);
    String door = arn(client, "/describeSignalingChannel", "ChannelName", "ChannelARN");
    List<String> said = new ArrayList<>();
    for (String[] call :
        new String[][] {
          {"/listSignalingChannels", "{}"},
          {"/listStreams", "{}"},
          {"/describeSignalingChannel", "{\"ChannelName\":\"door\"}"},
          {"/describeSignalingChannel", "{\"ChannelName\":\"garden\"}"},
          {"/describeStream", "{\"StreamName\":\"door\"}"},
          {"/describeStream", "{\"StreamName\":\"garden\"}"},
          {"/ListTagsForResource", "{\"ResourceARN\":\"" + door + "\"}"},
          {"/listTagsForStream", "{\"StreamName\":\"door\"}"},
          {"/describeMediaStorageConfiguration", "{\"ChannelName\":\"door\"}"},
          {"/describeMappedResourceConfiguration", "{\"StreamName\":\"door\"}"},
          {"/describeNotificationConfiguration", "{\"StreamName\":\"door\"}"},
          {"/describeImageGenerationConfiguration", "{\"StreamName\":\"door\"}"},
          {"/describeEdgeConfiguration", "{\"StreamName\":\"door\"}"},
          {"/describeStreamStorageConfiguration", "{\"StreamName\":\"door\"}"},
          {"/listEdgeAgentConfigurations", "{\"HubDeviceArn\":\"x\"}"},
          {"/listFragments", "{\"StreamName\":\"door\"}"},
          {"/listFragments", "{\"StreamName\":\"garden\"}"},
        }) {
      said.add(
          call[0]
              + " "
              + client
                  .post("https", call[0], call[1])
                  .body()
                  .replaceAll("\"(Current)?Version\":\"[^\"]*\"", "\"Version\":\"\""));
    }
    said.add(client.get("https", "/_kvslocal/clock").body());
    said.add(client.get("https", "/_kvslocal/streams/door/recording.mkv").body());
    return said;
  }

  private static String arn(Client client, String path, String key, String member)
      throws Exception {
    return client
        .post("https", path, "{\"" + key + "\":\"door\"}")
        .body()
        .replaceAll("(?s).*\"" + member + "\":\"([^\"]*)\".*", "$1");
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
