package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every constraint of the channel and stream families that a client can violate, as a table. */
class ControlPlaneRefusalsIT {
  @TempDir private static Path directory;
  private static KvsLocal emulator;
  private static Client client;
  private static String channel;
  private static String stream;

  @BeforeAll
  static void start() throws Exception {
    emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults()
                .withPort(0)
                .withDataDirectory(directory)
                .withChannels(List.of("door")),
            running -> new FakeMediaStack(running, new RecordingStorage()));
    client = new Client(emulator);
    channel = client.channelArn("door");
    stream =
        Client.json(client.post("http", "/describeStream", "{'StreamName':'door'}"))
            .at("/StreamInfo/StreamARN")
            .asText();
  }

  @AfterAll
  static void close() {
    emulator.close();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/control-plane-refusals.csv", delimiter = '|')
  void refusalIsTheDocumentedOneAndNamesWhatIsWrong(
      String path, String body, String error, String explanation) throws Exception {
    HttpResponse<String> answer =
        client.post(
            "http", path, body.replace("CHANNEL_ARN", channel).replace("STREAM_ARN", stream));

    assertThat(answer.statusCode() + " " + answer.headers().firstValue("x-amzn-ErrorType").get())
        .isEqualTo(error);
    assertThat(Client.json(answer).path("message").asText()).contains(explanation);
  }
}
