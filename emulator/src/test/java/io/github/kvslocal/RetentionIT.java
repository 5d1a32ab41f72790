package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long what was recorded can be had, and how long it is on the disk. */
class RetentionIT {
  private static final String RECORDING = "/_kvslocal/streams/door/recording.mkv";

  @TempDir private Path directory;
  private MasterBench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new MasterBench(directory, List.of("door"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void recordingIsGoneWhenTheClockHasPassedItsRetention() throws Exception {
    record();

    bench.emulator.clock().advance(Duration.ofHours(23));
    assertThat(bench.client.get("http", RECORDING).statusCode()).isEqualTo(200);
    bench.emulator.clock().advance(Duration.ofHours(1));

    assertThat(bench.client.get("http", RECORDING).statusCode()).isEqualTo(404);
    assertThat(filesAfterTheEnd()).isZero();
  }

  @Test
  void clockTellsWhenTheOldestFragmentsGo() throws Exception {
    record();

    JsonNode told = Client.json(bench.client.get("http", "/_kvslocal/clock"));

    assertThat(told.path("waiting"))
        .anySatisfy(
            each -> {
              assertThat(each.path("stream").asText()).contains(":stream/door/");
              assertThat(each.path("what").asText()).contains("oldest fragments");
            });
  }

  @Test
  void shorterRetentionIsInForceWhenItIsAnswered() throws Exception {
    record();
    bench.emulator.clock().advance(Duration.ofHours(2));

    HttpResponse<String> answer =
        bench.client.post(
            "http",
            "/updateDataRetention",
            "{'StreamName':'door','CurrentVersion':'"
                + stream().path("Version").asText()
                + "','Operation':'DECREASE_DATA_RETENTION','DataRetentionChangeInHours':22}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(bench.client.get("http", RECORDING).statusCode()).isEqualTo(404);
  }

  @Test
  void deletedStreamLeavesNothingOnTheDisk() throws Exception {
    record();
    bench.client.post(
        "http",
        "/updateMediaStorageConfiguration",
        "{'ChannelARN':'"
            + bench.client.channelArn("door")
            + "','MediaStorageConfiguration':{'Status':'DISABLED'}}");

    HttpResponse<String> answer =
        bench.client.post(
            "http", "/deleteStream", "{'StreamARN':'" + stream().path("StreamARN").asText() + "'}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(filesAfterTheEnd()).isZero();
  }

  @Test
  void restartKeepsWhatIsNotDueAndItsRetention() throws Exception {
    record();
    bench.close();

    start();

    assertThat(bench.client.get("http", RECORDING).statusCode()).isEqualTo(200);
    bench.emulator.clock().advance(Duration.ofHours(24));
    assertThat(bench.client.get("http", RECORDING).statusCode()).isEqualTo(404);
  }

  private void record() throws Exception {
    try (RemoteMaster master =
        bench.join("door", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      master.allSent().get(20, TimeUnit.SECONDS);
    }
    bench.log.await("recording-ended", "door");
  }

  private JsonNode stream() throws Exception {
    return Client.json(bench.client.post("http", "/describeStream", "{'StreamName':'door'}"))
        .path("StreamInfo");
  }

  /** The end waits for what is being deleted. */
  private long filesAfterTheEnd() throws Exception {
    bench.emulator.close();
    try (Stream<Path> files = Files.walk(directory.resolve("streams"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }
}
