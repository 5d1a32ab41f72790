package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalingSocketIT {
  @TempDir private Path directory;
  private final RecordingStorage storage = new RecordingStorage();
  private KvsLocal emulator;
  private Client client;
  private String arn;

  @BeforeEach
  void start() throws Exception {
    emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults()
                .withPort(0)
                .withDataDirectory(directory)
                .withChannels(List.of("door")),
            running -> new FakeMediaStack(running, storage));
    client = new Client(emulator);
    arn = client.channelArn("door");
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "wss, /master, '', master",
    "wss, /viewer/, &X-Amz-ClientId=ann, viewer ann",
    "wss, /, '', master",
    "ws, /, &X-Amz-ClientId=ann, viewer ann",
    "wss, '', &X-Amz-ClientId=MASTER&X-Amz-Signature=00, master"
  })
  void participantIsAdmittedAndHearsTheOffer(
      String scheme, String path, String query, String participant) throws Exception {
    TestSocket socket = connect(scheme, path + "?X-Amz-ChannelARN=" + arn + query);

    assertThat(storage.next()).isEqualTo("opened door " + participant);
    assertThat(socket.next())
        .isEqualTo(
            "{\"messagePayload\":\""
                + TestSocket.base64("{\"type\":\"offer\",\"sdp\":\"v=0\"}")
                + "\",\"messageType\":\"SDP_OFFER\"}");
  }

  @Test
  void presignedUrlMayBeLong() throws Exception {
    String token = "&X-Amz-Security-Token=" + "x".repeat(12_000);

    connect("wss", "/master?X-Amz-ChannelARN=" + arn + token);

    assertThat(storage.next()).isEqualTo("opened door master");
  }

  @Test
  void answerIsHandedOnAndTheCloseIsReported() throws Exception {
    TestSocket socket = connect("wss", "/master?X-Amz-ChannelARN=" + arn);
    storage.next();

    socket.say(
        "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\""
            + TestSocket.base64("{\"type\":\"answer\",\"sdp\":\"v=0\"}")
            + "\"}");

    assertThat(storage.next())
        .isEqualTo(
            "received Message[type=SDP_ANSWER, recipient=, payload=JsonPayload[base64="
                + TestSocket.base64("{\"type\":\"answer\",\"sdp\":\"v=0\"}")
                + "], correlationId=]");
    socket.close();
    assertThat(storage.next()).isEqualTo("closed door");
  }

  @Test
  void nonsenseIsAnsweredToThoseWhoNamedIt() throws Exception {
    TestSocket socket = connect("wss", "/master?X-Amz-ChannelARN=" + arn);
    socket.next();

    socket.say("");
    socket.say("nonsense");
    socket.say("{\"action\":\"DANCE\",\"correlationId\":\"7\"}");

    assertThat(socket.next())
        .startsWith("{\"messageType\":\"STATUS_RESPONSE\"")
        .contains("\"correlationId\":\"7\"", "\"statusCode\":\"400\"", "DANCE");
  }

  @Test
  void socketOfAChannelThatIsReplacedMeanwhileIsClosed() throws Exception {
    client.post("http", "/createSignalingChannel", "{'ChannelName':'gate'}");
    String gate = client.channelArn("gate");
    CompletableFuture<Void> admitted = new CompletableFuture<>();
    storage.admitWhen(admitted);
    CompletableFuture<TestSocket> opening =
        CompletableFuture.supplyAsync(() -> connect("ws", "/master?X-Amz-ChannelARN=" + gate));
    assertThat(storage.next()).isEqualTo("asked gate master");
    client.post("http", "/deleteSignalingChannel", "{'ChannelARN':'" + gate + "'}");
    assertThat(storage.next()).isEqualTo("deleted gate");
    client.post("http", "/createSignalingChannel", "{'ChannelName':'gate'}");

    admitted.complete(null);

    assertThat(opening.get(10, TimeUnit.SECONDS).next())
        .isEqualTo("close 1000 the channel was deleted");
  }

  @Test
  void serviceClosesTheSocketWithItsReason() throws Exception {
    TestSocket socket = connect("ws", "/?X-Amz-ChannelARN=" + arn);
    socket.next();

    socket.say("{\"action\":\"SDP_OFFER\",\"correlationId\":\"bye\",\"messagePayload\":\"e30=\"}");

    assertThat(socket.next()).isEqualTo("close 1001 as asked");
  }

  @ParameterizedTest
  @CsvSource({
    "/?X-Amz-ClientId=ann, 400, InvalidArgumentException",
    "/viewer?X-Amz-ChannelARN=here, 400, InvalidArgumentException",
    "/elsewhere, 404, UnknownOperationException",
    "/?X-Amz-ChannelARN=arn:aws:kinesisvideo:us-east-1:000000000000:channel/no/1795161600123,"
        + " 404, ResourceNotFoundException",
    "/?X-Amz-ChannelARN=%zz, 400, SerializationException"
  })
  void refusedUpgradeIsAnsweredLikeAnyRequest(String path, int status, String code)
      throws Exception {
    String answer = upgrade(path);

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status + " ")
        .contains("x-amzn-ErrorType: " + code + "\r\n")
        .contains("{\"__type\":\"" + code + "\",\"message\":\"");
  }

  @ParameterizedTest
  @CsvSource({
    "&foo=%zz, is no URI",
    "&X-Amz-ClientId=a%, is no URI",
    "&X-Amz-ClientId=a&X-Amz-ClientId=b, X-Amz-ClientId is given more than once",
    "&X-Amz-ChannelARN=b, X-Amz-ChannelARN is given more than once"
  })
  void queryThatCannotBeUnderstoodIsRefusedInItsOwnWords(String more, String complaint)
      throws Exception {
    String answer = upgrade("/viewer?X-Amz-ChannelARN=" + arn + more);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains(complaint);
  }

  @Test
  void refusedUpgradeFailsTheClientsHandshake() {
    assertThatThrownBy(() -> connect("wss", "/master"))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void openSocketDoesNotHoldUpTheEnd() throws Exception {
    connect("wss", "/master?X-Amz-ChannelARN=" + arn);
    long start = System.nanoTime();

    emulator.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  /** What Java's client does not show: the whole answer to a refused upgrade. */
  private String upgrade(String path) throws IOException {
    try (Socket socket = new Socket("localhost", emulator.endpoint().getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n"
                      + "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                  .getBytes(UTF_8));
      byte[] answer = new byte[4096];
      int length = 0;
      while (!new String(answer, 0, length, UTF_8).endsWith("}")) {
        int read = socket.getInputStream().read(answer, length, answer.length - length);
        if (read < 0) {
          break;
        }
        length += read;
      }
      return new String(answer, 0, length, UTF_8);
    }
  }

  private TestSocket connect(String scheme, String rest) {
    return TestSocket.open(client.http(), client.uri(scheme, rest));
  }
}
