package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of operations as it runs, and what is not served yet. */
class OperationsIT {
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

  @ParameterizedTest
  @CsvSource({
    "kinesisvideo, CreateSignalingChannel DeleteSignalingChannel DescribeSignalingChannel"
        + " ListSignalingChannels UpdateSignalingChannel GetSignalingChannelEndpoint"
        + " UpdateMediaStorageConfiguration DescribeMediaStorageConfiguration"
        + " DescribeMappedResourceConfiguration CreateStream DeleteStream DescribeStream"
        + " ListStreams UpdateStream UpdateDataRetention GetDataEndpoint TagResource"
        + " UntagResource ListTagsForResource TagStream UntagStream ListTagsForStream"
        + " UpdateImageGenerationConfiguration DescribeImageGenerationConfiguration"
        + " UpdateNotificationConfiguration DescribeNotificationConfiguration"
        + " UpdateStreamStorageConfiguration DescribeStreamStorageConfiguration"
        + " StartEdgeConfigurationUpdate DescribeEdgeConfiguration DeleteEdgeConfiguration"
        + " ListEdgeAgentConfigurations",
    "kinesis-video-signaling, GetIceServerConfig SendAlexaOfferToMaster",
    "kinesis-video-webrtc-storage, JoinStorageSession JoinStorageSessionAsViewer",
    "kinesis-video-media, GetMedia",
    "kinesis-video-archived-media, ListFragments GetMediaForFragmentList"
        + " GetHLSStreamingSessionURL GetDASHStreamingSessionURL GetClip GetImages"
  })
  void everyOperationOfTheServiceModelHasItsRow(String service, String operations)
      throws Exception {
    List<String> rows = new ArrayList<>();

    for (JsonNode row : operations()) {
      if (row.path("service").asText().equals(service)) {
        rows.add(row.path("operation").asText());
      }
    }

    assertThat(rows).containsExactlyInAnyOrder(operations.split(" "));
  }

  @Test
  void everyRowOfTheTableIsRouted() throws Exception {
    for (JsonNode row : operations()) {
      HttpResponse<String> answer = client.post("http", row.path("path").asText(), "{");

      assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
          .as("%s", row)
          .contains("SerializationException");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/getMedia|{'StreamName':'door','StartSelector':{'StartSelectorType':'NOW'}}|400"
            + "|InvalidArgumentException",
        "/getMedia|{'StreamName':'attic','StartSelector':{'StartSelectorType':'NOW'}}|404"
            + "|ResourceNotFoundException",
        "/listFragments|{'StreamName':'door','NextToken':'a'}|400|InvalidArgumentException",
        "/getHLSStreamingSessionURL|{'StreamName':'door'}|400|InvalidArgumentException",
        "/getClip|{'StreamName':'door'}|400|InvalidArgumentException"
      })
  void playbackIsDeclinedWithAnErrorOfTheModel(String path, String body, int status, String code)
      throws Exception {
    HttpResponse<String> answer = client.post("http", path, body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains(code);
  }

  @Test
  void declinedPlaybackNamesTheRecordingByTheAddressOfTheRequest() throws Exception {
    HttpResponse<String> answer =
        client.post("https", "/getHLSStreamingSessionURL", "{'StreamName':'door'}");

    assertThat(Client.json(answer).path("message").asText())
        .endsWith(client.uri("https", "/_kvslocal/streams/door/recording.mkv").toString());
  }

  private JsonNode operations() throws Exception {
    return Client.json(client.get("http", "/_kvslocal/operations"));
  }
}
