package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that are kept and returned, over sockets and a restart. */
class StreamConfigurationsIT {
  private static final String NOTIFICATION =
      "{'StreamName':'door','NotificationConfiguration':"
          + "{'Status':'ENABLED','DestinationConfig':{'Uri':'arn:aws:sns:us-east-1:1:topic'}}}";
  private static final String EDGE =
      "{'StreamName':'door','EdgeConfig':{'HubDeviceArn':'arn:aws:iot:us-east-1:1:thing/hub',"
          + "'RecorderConfig':{'MediaSourceConfig':{'MediaUriSecretArn':"
          + "'arn:aws:secretsmanager:us-east-1:1:secret:camera','MediaUriType':'RTSP_URI'}}}}";
  private static final String DOOR = "{'StreamName':'door'}";

  @TempDir private Path directory;
  private KvsLocal emulator;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults()
                .withPort(0)
                .withDataDirectory(directory)
                .withChannels(List.of("door")),
            running -> new FakeMediaStack(running, new RecordingStorage()));
    client = new Client(emulator);
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    post("/updateNotificationConfiguration", NOTIFICATION);
    JsonNode edge = post("/startEdgeConfigurationUpdate", EDGE);
    String version = post("/describeStream", DOOR).at("/StreamInfo/Version").asText();
    post(
        "/updateStreamStorageConfiguration",
        "{'StreamName':'door','CurrentVersion':'%s',".formatted(version)
            + "'StreamStorageConfiguration':{'DefaultStorageTier':'WARM'}}");

    emulator.close();
    start();

    assertThat(
            post("/describeNotificationConfiguration", DOOR)
                .at("/NotificationConfiguration/Status")
                .asText())
        .isEqualTo("ENABLED");
    assertThat(post("/describeEdgeConfiguration", DOOR)).isEqualTo(edge);
    assertThat(
            post("/describeStreamStorageConfiguration", DOOR)
                .at("/StreamStorageConfiguration/DefaultStorageTier")
                .asText())
        .isEqualTo("WARM");
  }

  @Test
  void configurationsOfStreamsThatAreGoneAreForgotten() throws Exception {
    post("/updateNotificationConfiguration", NOTIFICATION);
    emulator.close();
    Files.delete(directory.resolve("registry.json"));

    start();
    post("/createStream", "{'StreamName':'attic'}");

    assertThat(post("/describeNotificationConfiguration", DOOR).isEmpty()).isTrue();
    assertThat(Files.readString(directory.resolve("configurations.json")))
        .doesNotContain("stream/door/");
  }

  @Test
  void edgeConfigurationThatIsNotThereIsItsOwnError() throws Exception {
    HttpResponse<String> answer = client.post("http", "/describeEdgeConfiguration", DOOR);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .contains("StreamEdgeConfigurationNotFoundException");
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.post("http", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }
}
