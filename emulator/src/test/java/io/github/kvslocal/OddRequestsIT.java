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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Length: -1|has to be a number of bytes, but is '-1'",
        "Content-Length: x|has to be a number of bytes, but is 'x'",
        "Content-Length: 2,Content-Length: 3|has more than one Content-Length, '2, 3'",
        "Content-Length: 2,Transfer-Encoding: chunked|both a Content-Length and a Transfer",
        "Expect: banana|The only Expect that is understood is 100-continue, but",
        "A B: c|Every header has to be a line <name>: <value>",
        "A|Every header has to be a line <name>: <value>"
      })
  void headThatCannotBeReadIsToldWhy(String headers, String complaint) throws Exception {
    String answer = answer("", ("POST /listStreams HTTP/1.1," + HOST + "," + headers).split(","));

    assertModelled(answer, 400, "SerializationException");
    assertThat(answer).contains(complaint).doesNotContain("Exception:");
  }

  @ParameterizedTest
  @CsvSource({
    "GET /%zz HTTP/1.1, unlike in '%zz' (RFC 3986 section 2.1)",
    "POST /listStreams%4 HTTP/1.1, unlike in '%4' (RFC 3986 section 2.1)",
    "GET /_kvslocal/streams/none/recording.mkv?a=% HTTP/1.1, unlike in '%' (RFC 3986 section 2.1)",
    "GET, first line has to be <method> <path> HTTP/1.1 (RFC 9112 section 3)"
  })
  void lineThatCannotBeReadIsToldWhy(String line, String complaint) throws Exception {
    String answer = answer("", line, HOST, CLOSE);

    assertModelled(answer, 400, "SerializationException");
    assertThat(answer).contains(complaint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ZZ\r\n",
        "-1\r\n",
        "fffffffffffffff\r\n",
        "2\r\n{}ZZ\r\n",
        "1\r\n{\r\nZZ\r\n",
        "2\r\n{}\r\n0\r\nA B: c\r\n\r\n"
      })
  void bodyOfBadChunksIsAModelledError(String body) throws Exception {
    String answer = answer(body, "POST /listStreams HTTP/1.1", HOST, "Transfer-Encoding: chunked");

    assertModelled(answer, 400, "SerializationException");
    assertThat(answer).contains("The body has to be of chunks, each after its size");
  }

  @Test
  void chunkLineThatIsTooLongIsAModelledError() throws Exception {
    String answer =
        answer(
            "2;" + "x".repeat(17_000) + "\r\n{}\r\n0\r\n\r\n",
            "POST /listStreams HTTP/1.1",
            HOST,
            "Transfer-Encoding: chunked");

    assertModelled(answer, 400, "SerializationException");
    assertThat(answer).contains("A line among the chunks of the body");
  }

  @ParameterizedTest
  @CsvSource({
    "POST /listStreams HTTP/2.0, HTTP/2.0",
    "PRI * HTTP/2.0, HTTP/2.0",
    "POST /listStreams HTTP/1.2, HTTP/1.2",
    "POST /listStreams HTPT/1.1, HTPT/1.1"
  })
  void otherProtocolIsAModelledError(String line, String protocol) throws Exception {
    String answer = answer("SM\r\n\r\n", line, HOST);

    assertModelled(answer, 505, "HttpVersionNotSupportedException");
    assertThat(answer)
        .startsWith("HTTP/1.1 ")
        .contains("is of " + protocol + ", but this port speaks HTTP/1.1 and HTTP/1.0.");
  }

  @Test
  void bodyOfBadChunksIsNoFailureOfTls() throws Exception {
    try (EventLog log = new EventLog();
        Socket socket =
            new Client(emulator)
                .http()
                .sslContext()
                .getSocketFactory()
                .createSocket("localhost", emulator.endpoint().getPort())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              String.join(
                      "\r\n",
                      "POST /listStreams HTTP/1.1",
                      "Host: a",
                      "Transfer-Encoding: chunked",
                      "",
                      "ZZ",
                      "")
                  .getBytes(UTF_8));

      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

      assertModelled(answer, 400, "SerializationException");
      assertThat(log.await("request declined", "The body has to be of chunks")).isNotEmpty();
      assertThat(log.exceptions()).isEmpty();
    }
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
