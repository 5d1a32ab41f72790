package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that official clients do not send, byte by byte. */
class OddRequestsIT {
  private static final String HOST = "Host: localhost";
  private static final String CLOSE = "Connection: close";
  private static final String STREAM_A = "{\"StreamName\":\"a\"}";

  @TempDir private Path directory;
  private KvsLocal emulator;

  @BeforeEach
  void start() throws Exception {
    emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults().withPort(0).withDataDirectory(directory),
            running -> new FakeMediaStack(running, new RecordingStorage()));
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-amz-json-1.1",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "nonsense"
      })
  void bodyIsJsonWhateverItsContentType(String type) throws Exception {
    String body = "{\"StreamName\":\"a\",\"%zz\":\"=&\"}";

    String answer =
        answer(
            body,
            "POST /createStream HTTP/1.1",
            HOST,
            CLOSE,
            "Content-Type: " + type,
            "Content-Length: " + body.length());

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("stream/a/");
  }

  @Test
  void hostMayHaveAnUnderscoreAsContainersDo() throws Exception {
    String answer = answer("", "GET /_kvslocal/health HTTP/1.1", "Host: kvs_local:4580", CLOSE);

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"//createStream", "/createStream/", "/./createStream", "/create%53tream"})
  void operationIsFoundHoweverItsPathIsWritten(String path) throws Exception {
    String answer =
        answer(STREAM_A, "POST " + path + " HTTP/1.1", HOST, CLOSE, "Content-Length: 18");

    assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\r\nx-amzn-RequestId: ");
  }

  @ParameterizedTest
  @CsvSource({
    "Host: a b, 'The Host header has to be <host>[:<port>], but is ''a b''.'",
    "Host: localhost:x, 'The Host header has to be <host>[:<port>], but is ''localhost:x''.'",
    "X-Host: a, 'The request has no Host header, without which there is no HTTP/1.1.'"
  })
  void hostThatIsNoneIsToldAsItIs(String host, String complaint) throws Exception {
    String answer = answer(STREAM_A, "POST /createStream HTTP/1.1", host, CLOSE);

    assertModelled(answer, 400, "SerializationException");
    assertThat(answer).contains(complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE"})
  void otherMethodsAreToldWhichItIs(String method) throws Exception {
    String answer = answer("", method + " //createStream HTTP/1.1", HOST, CLOSE);

    assertModelled(answer, 404, "UnknownOperationException");
    assertThat(answer).contains("; it is called by POST.");
  }

  @Test
  void bodyIsAskedForOnceAndOnlyIfItIsNotTooLarge() throws Exception {
    String line = "POST /createStream HTTP/1.1";
    String expect = "Expect: 100-continue";

    String small = answer(STREAM_A, line, HOST, expect, "Content-Length: 18");
    String large = answer("", line, HOST, expect, "Content-Length: 2000000");

    assertThat(small).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 ");
    assertThat(large).startsWith("HTTP/1.1 413 ").contains("RequestEntityTooLargeException");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /%zz HTTP/1.1, 400, SerializationException",
    "POST /%zz HTTP/1.1, 400, SerializationException",
    "GET /createStream HTTP/1.1, 404, UnknownOperationException",
    "PUT /createStream HTTP/1.1, 404, UnknownOperationException",
    "POST /_kvslocal/health HTTP/1.1, 404, UnknownOperationException",
    "GET /_kvslocal/streams/none/recording.mkv HTTP/1.1, 404, ResourceNotFoundException",
    "GET /_kvslocal/streams/none/recording.mkv?%zz HTTP/1.1, 400, SerializationException",
    "GET nonsense HTTP/1.1, 404, UnknownOperationException",
    "GET, 400, SerializationException"
  })
  void oddRequestLineIsAModelledError(String line, int status, String code) throws Exception {
    String answer = answer("", line, HOST, CLOSE);

    assertModelled(answer, status, code);
  }

  @Test
  void lineThatIsTooLongIsAModelledError() throws Exception {
    String answer = answer("", "GET /" + "x".repeat(17_000) + " HTTP/1.1", HOST);

    assertModelled(answer, 414, "RequestUriTooLongException");
  }

  @Test
  void headersThatAreTooLongAreAModelledError() throws Exception {
    String answer = answer("", "GET / HTTP/1.1", HOST, "X-Long: " + "x".repeat(33_000));

    assertModelled(answer, 431, "RequestHeaderFieldsTooLargeException");
  }

  @Test
  void refusedUpgradeTellsTheTime() throws Exception {
    String answer =
        answer(
            "",
            "GET /elsewhere HTTP/1.1",
            HOST,
            "Connection: Upgrade, close",
            "Upgrade: websocket");

    assertThat(answer).startsWith("HTTP/1.1 404 ").containsPattern("Date: [A-Z][a-z]{2}, ");
  }

  private static void assertModelled(String answer, int status, String code) {
    assertThat(answer)
        .matches("(?s)HTTP/1.[01] " + status + " .*")
        .contains("x-amzn-ErrorType: " + code + "\r\n")
        .contains("\r\nx-amzn-RequestId: ")
        .contains("Access-Control-Allow-Origin: *\r\n")
        .contains("\r\nDate: ")
        .contains("{\"__type\":\"" + code + "\",\"message\":\"");
  }

  /** What comes back, to the end of its body, which is a JSON object. */
  private String answer(String body, String... head) throws IOException {
    String request = String.join("\r\n", head) + "\r\n\r\n" + body;
    try (Socket socket = new Socket("localhost", emulator.endpoint().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      StringBuilder answer = new StringBuilder();
      byte[] part = new byte[4096];
      for (int length = 0; length >= 0 && answer.indexOf("}") < 0; ) {
        length = socket.getInputStream().read(part);
        answer.append(new String(part, 0, Math.max(0, length), UTF_8));
      }
      return answer.toString();
    }
  }
}
