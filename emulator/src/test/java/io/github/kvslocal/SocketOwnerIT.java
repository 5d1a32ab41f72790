package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.api.TestSigner;
import java.net.http.HttpRequest;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A socket opens to its own account's and region's channels only, as REST has it. */
class SocketOwnerIT {
  private static final String FIRST = "111111111111";
  private static final String NOBODY = "AKIDEXAMPLE";

  @TempDir private Path directory;
  private final RecordingStorage storage = new RecordingStorage();
  private KvsLocal emulator;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults()
                .withPort(0)
                .withDataDirectory(directory)
                .withOwner("000000000000", "us-west-2"),
            running -> new FakeMediaStack(running, storage));
    client = new Client(emulator);
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "111111111111, eu-west-1, 111111111111, eu-west-1",
    "000000000000, us-west-2, '', ''",
    "'', '', 000000000000, us-west-2",
    "'', '', AKIDEXAMPLE, us-west-2",
    "AKIDEXAMPLE, eu-west-1, 000000000000, eu-west-1"
  })
  void ownersSocketIsOpened(String key, String region, String socketKey, String socketRegion)
      throws Exception {
    String arn = channelOf(key, region);

    TestSocket socket = open(arn, socketKey, socketRegion);

    assertThat(storage.next()).isEqualTo("opened door master");
    socket.say("{\"action\":\"DANCE\"}");
    assertThat(storage.next()).startsWith("received Unreadable");
  }

  @ParameterizedTest
  @CsvSource({
    "111111111111, eu-west-1, 222222222222, eu-west-1",
    "111111111111, eu-west-1, 111111111111, us-west-2",
    "111111111111, eu-west-1, AKIDEXAMPLE, eu-west-1",
    "111111111111, eu-west-1, '', ''",
    "'', '', 111111111111, us-west-2",
    "'', '', AKIDEXAMPLE, eu-west-1"
  })
  void strangersSocketIsRefused(String key, String region, String socketKey, String socketRegion)
      throws Exception {
    String arn = channelOf(key, region);

    assertThatThrownBy(() -> open(arn, socketKey, socketRegion))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> {
              assertThat(refused.getResponse().statusCode()).isEqualTo(404);
              assertThat(refused.getResponse().headers().firstValue("x-amzn-ErrorType"))
                  .contains("ResourceNotFoundException");
            });
  }

  @Test
  void strangersOfferOfAlexaIsRefused() throws Exception {
    String arn = channelOf(FIRST, "eu-west-1");
    String body =
        "{\"ChannelARN\":\"%s\",\"SenderClientId\":\"alexa\",\"MessagePayload\":\"b2ZmZXI=\"}"
            .formatted(arn);
    String path = "/v1/send-alexa-offer-to-master";

    assertThat(post(path, body, NOBODY, "eu-west-1")).contains("ResourceNotFoundException");
    assertThat(post(path, body, FIRST, "eu-west-1")).contains("\"Answer\"");
  }

  private String channelOf(String key, String region) throws Exception {
    String answer = post("/createSignalingChannel", "{\"ChannelName\":\"door\"}", key, region);
    return answer.replaceFirst(".*\"(arn:[^\"]*)\".*", "$1");
  }

  /** Without a key it is signed by nobody. */
  private String post(String path, String body, String key, String region) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.uri("http", path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      Map<String, String> headers =
          signer(key, region).headers("POST", path, Map.of("x-host", "any"), body);
      headers.forEach(request::header);
    }
    return client.send(request).body();
  }

  private TestSocket open(String arn, String key, String region) {
    String query =
        key.isEmpty()
            ? "X-Amz-ChannelARN=" + arn
            : signer(key, region)
                .presigned("/master", "localhost", Map.of("X-Amz-ChannelARN", arn), 299);
    return TestSocket.open(client.http(), client.uri("wss", "/master?" + query));
  }

  private static TestSigner signer(String key, String region) {
    TestSigner signer = new TestSigner(key, TestSigner.SECRET, "", Instant.now());
    String day = Instant.now().toString().substring(0, 10).replace("-", "");
    return signer.scope(day + "/" + region + "/kinesisvideo/aws4_request");
  }
}
