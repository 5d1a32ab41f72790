package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for a signaling socket that cannot have one, and clients that do not wait for it. */
class HandshakeIT {
  private static final String KEY = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
  private static final String VERSION = "Sec-WebSocket-Version: 13";

  @TempDir private Path directory;
  private final RecordingStorage storage = new RecordingStorage();
  private KvsLocal emulator;
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
    arn = new Client(emulator).channelArn("door");
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | HTTP/1.1 | Connection: Upgrade | " + KEY + " | " + VERSION + " | 404 Unknown",
        "GET | HTTP/1.0 | Connection: Upgrade | " + KEY + " | " + VERSION + " | 400 Serial",
        "GET | HTTP/1.1 | Connection: close | " + KEY + " | " + VERSION + " | 400 Serial",
        "GET | HTTP/1.1 | X: none | " + KEY + " | " + VERSION + " | 400 Serial",
        "GET | HTTP/1.1 | Connection: Upgrade | X: none | " + VERSION + " | 400 Serial",
        "GET | HTTP/1.1 | Connection: Upgrade | Sec-WebSocket-Key: AAAA | " + VERSION + "| 400 Ser",
        "GET | HTTP/1.1 | Connection: Upgrade | Sec-WebSocket-Key: {} | " + VERSION + " | 400 Ser",
        "GET | HTTP/1.1 | Connection: Upgrade | " + KEY + " | X: none | 426 Upgrade",
        "GET | HTTP/1.1 | Connection: Upgrade | " + KEY + " | Sec-WebSocket-Version: 8 | 426 Upgr"
      })
  void aRequestThatIsNoHandshakeIsAnsweredLikeAnyRequest(
      String method,
      String protocol,
      String connection,
      String key,
      String version,
      String expected)
      throws IOException {
    String path = "/master?X-Amz-ChannelARN=" + arn;

    String answer = ask(method + " " + path + " " + protocol, connection, key, version);

    assertThat(answer)
        .startsWith("HTTP/1." + protocol.charAt(7) + " " + expected.substring(0, 4))
        .containsPattern("x-amzn-ErrorType: " + expected.substring(4) + "\\w*Exception\r\n")
        .containsPattern("(?i)\r\nDate: ")
        .containsPattern("\\{\"__type\":\"" + expected.substring(4));
    assertThat(answer.contains("Sec-WebSocket-Version: 13\r\n"))
        .isEqualTo(expected.startsWith("426"));
  }

  @ParameterizedTest
  @CsvSource({
    "/master?|=1, X: none",
    "/master, Content-Length: 1",
    "/, Transfer-Encoding: chunked"
  })
  void whatNoClientAsksForASocketWithIsRefused(String path, String header) throws IOException {
    String answer = ask("GET " + path + " HTTP/1.1", "Connection: Upgrade", KEY, VERSION, header);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("SerializationException");
  }

  /** As a proxy may have it, and RFC 9110 section 5.3 allows. */
  @Test
  void connectionMayBeToldInSeveralHeaders() throws IOException {
    String answer =
        ask(
            "GET /master?X-Amz-ChannelARN=" + arn + " HTTP/1.1",
            "Connection: keep-alive",
            "Connection: upgrade",
            KEY,
            VERSION);

    assertThat(answer).startsWith("HTTP/1.1 101 ");
  }

  @Test
  void aRequestThatIsNoHandshakeTakesNoPlace() throws Exception {
    ask("GET /master?X-Amz-ChannelARN=" + arn + " HTTP/1.1", "Connection: Upgrade", VERSION);
    RawSocket master = new RawSocket(port(), "/master?X-Amz-ChannelARN=" + arn);

    assertThat(storage.next()).isEqualTo("opened door master");
    master.close();
  }

  @Test
  void aClientThatHangsUpBeforeItsSocketIsOpenGivesItsPlaceBack() throws Exception {
    CompletableFuture<Void> admitted = new CompletableFuture<>();
    storage.admitWhen(admitted);
    String viewer = "/viewer?X-Amz-ChannelARN=" + arn + "&X-Amz-ClientId=ann";
    try (Socket socket = new Socket("localhost", port())) {
      send(socket, "GET " + viewer + " HTTP/1.1", "Connection: Upgrade", KEY, VERSION);
      assertThat(storage.next()).isEqualTo("asked door viewer ann");
    }
    // The one event loop has seen the end of that connection when it answers this one.
    ask("GET /_kvslocal/health HTTP/1.1", "X: none");

    admitted.complete(null);

    assertThat(storage.next()).isEqualTo("withdrawn door viewer ann");
  }

  private int port() {
    return emulator.endpoint().getPort();
  }

  private String ask(String requestLine, String... headers) throws IOException {
    try (Socket socket = new Socket("localhost", port())) {
      socket.setSoTimeout(10_000);
      send(socket, requestLine, headers);
      byte[] answer = new byte[8192];
      int length = 0;
      for (int read = 0; read >= 0 && !isWhole(new String(answer, 0, length, UTF_8)); ) {
        read = socket.getInputStream().read(answer, length, answer.length - length);
        length += Math.max(read, 0);
      }
      return new String(answer, 0, length, UTF_8);
    }
  }

  /** A refusal ends with its body, an upgrade with its head. */
  private static boolean isWhole(String answer) {
    return answer.startsWith("HTTP/1.1 101 ")
        ? answer.contains("\r\n\r\n")
        : answer.endsWith("}") || answer.endsWith("}\n");
  }

  private static void send(Socket socket, String requestLine, String... headers)
      throws IOException {
    String request =
        requestLine
            + "\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + String.join("\r\n", headers)
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
  }
}
