package io.github.kvslocal.conformance.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes more than one request, or more than one piece of a request. */
@NeedsClient(Client.EMULATOR)
class ConnectionsIT {
  private static final String PORCH = "{\"StreamName\":\"porch\"}";
  private static final String HEAD = "POST /describeStream HTTP/1.1\nHost: localhost\n";

  /** All that a body may weigh. AWS does not say; no request comes near. */
  private static final int LARGEST_BODY = 1_048_576;

  private static final byte[] BLANKS = " ".repeat(65_536).getBytes(US_ASCII);

  /** 125 MiB, more than anybody sends by mistake. */
  private static final int MANY_CHUNKS = 2_000;

  private static EmulatorProcess emulator;
  private static Facts facts;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    emulator = EmulatorProcess.start(folder, "porch,other");
    facts = Facts.of(emulator.port());
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    try (WireConnection connection = connect()) {
      WireRequest missing = WireRequest.post("/describeStream", "{\"StreamName\":\"none\"}");
      connection.send(
          joined(
              WireRequest.post("/describeStream", PORCH),
              missing,
              WireRequest.post("/describeSignalingChannel", "{\"ChannelName\":\"porch\"}"),
              WireRequest.post("/describeNothing", "{}"),
              WireRequest.post("/describeStream", PORCH)));

      List<WireAnswer> answers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        answers.add(connection.receive());
      }

      assertThat(answers).allSatisfy(Manners::check);
      assertThat(answers.stream().map(WireAnswer::status)).containsExactly(200, 404, 200, 404, 200);
      assertThat(answers.get(2).body()).contains("ChannelInfo");
    }
  }

  @Test
  void requestMayComeByteByByte() throws Exception {
    try (WireConnection connection = connect()) {
      for (byte one : WireRequest.post("/describeStream", PORCH).bytes(facts)) {
        connection.send(new byte[] {one});
      }

      check(connection.receive(), Expected.success("{stream}"));
    }
  }

  @Test
  void bodyIsAskedForBeforeItIsSent() throws Exception {
    try (WireConnection connection = connect()) {
      connection.send(head(HEAD + "Expect: 100-continue\nContent-Length: " + PORCH.length()));
      assertThat(connection.receive().status()).isEqualTo(100);

      connection.send(PORCH.getBytes(UTF_8));

      check(connection.receive(), Expected.success("{stream}"));
    }
  }

  @Test
  void bodyThatWouldBeTooLargeIsNotAskedFor() throws Exception {
    try (WireConnection connection = connect()) {
      connection.send(head(HEAD + "Expect: 100-continue\nContent-Length: 10000000"));

      check(connection.receive(), tooLarge());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 200", "1, 413"})
  void bodyIsReadUpToOneMebibyte(int tooMany, int status) throws Exception {
    String body = PORCH + " ".repeat(LARGEST_BODY + tooMany - PORCH.length());
    try (WireConnection connection = connect()) {
      connection.send(WireRequest.post("/describeStream", body).bytes(facts));

      WireAnswer answer = connection.receive();

      check(answer, status == 200 ? Expected.success("{stream}") : tooLarge());
    }
  }

  @Test
  void tooLongABodyIsRefusedBeforeItHasCome() throws Exception {
    try (WireConnection connection = connect()) {
      connection.send(head(HEAD + "Content-Length: 10000000"));
      connection.send(BLANKS);

      WireAnswer answer = connection.receive();

      check(answer, tooLarge());
    }
    assertAlive();
  }

  /** A server may read on for a while, so that the client gets to its answer, but not for ever. */
  @Test
  void chunksWithoutEndAreCutOff() throws Exception {
    int sent = 0;
    try (WireConnection connection = connect()) {
      connection.send(head(HEAD + "Transfer-Encoding: chunked"));
      byte[] chunk = joined("10000\r\n".getBytes(US_ASCII), BLANKS, "\r\n".getBytes(US_ASCII));
      try {
        for (; sent < MANY_CHUNKS; sent++) {
          connection.send(chunk);
        }
      } catch (SocketException cutOff) {
        assertThat(sent).isGreaterThanOrEqualTo(LARGEST_BODY / BLANKS.length);
      }
    }

    assertThat(sent).isLessThan(MANY_CHUNKS);
    assertAlive();
  }

  @Test
  void chunksThatAreTooManyAreTooLarge() throws Exception {
    try (WireConnection connection = connect()) {
      byte[] chunk = joined("10000\r\n".getBytes(US_ASCII), BLANKS, "\r\n".getBytes(US_ASCII));
      connection.send(head(HEAD + "Transfer-Encoding: chunked"));
      for (int i = 0; i < LARGEST_BODY / BLANKS.length; i++) {
        connection.send(chunk);
      }
      connection.send("1\r\n \r\n".getBytes(US_ASCII));

      WireAnswer answer = connection.receive();

      check(answer, tooLarge());
    }
  }

  @Test
  void oldHttpEndsWithItsAnswer() throws Exception {
    try (WireConnection connection = connect()) {
      connection.send(
          new WireRequest(
                  "POST /describeStream HTTP/1.0\nContent-Length: {length}", PORCH.getBytes(UTF_8))
              .bytes(facts));

      check(connection.receive(), Expected.success("{stream}"));
      assertThat(connection.ends()).isTrue();
    }
  }

  @Test
  void headOfAnOperationHasNoBody() throws Exception {
    try (WireConnection connection = connect()) {
      connection.send(head("HEAD /describeStream HTTP/1.1\nHost: localhost"));
      WireAnswer answer = connection.receiveHead();
      connection.send(WireRequest.post("/describeStream", PORCH).bytes(facts));

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("x-amzn-ErrorType")).hasValue("UnknownOperationException");
      check(connection.receive(), Expected.success("{stream}"));
    }
  }

  /** RFC 9113 section 3.3: a client may begin so if it knows that the server speaks HTTP/2. */
  @ParameterizedTest
  @ValueSource(strings = {"000000040000000000", ""})
  void clientThatBeginsWithHttp2IsNotLeftWaiting(String settings) throws Exception {
    try (WireConnection connection = connect()) {
      connection.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
      connection.send(HexFormat.of().parseHex(settings));

      assertThat(connection.speaks()).isTrue();
    }
    assertAlive();
  }

  @Test
  void clientThatLeavesInMidBodyDoesNoHarm() throws Exception {
    for (int i = 0; i < 50; i++) {
      try (WireConnection connection = connect()) {
        connection.send(head(HEAD + "Content-Length: 100000"));
        connection.send(new byte[i]);
      }
    }

    assertAlive();
  }

  /** How the KVS C SDK comes: TLS on a port that its Host does not name. */
  @Test
  void hostWithoutPortOverTlsGetsUrlsWithoutPort() throws Exception {
    String host = "kinesisvideo.us-east-1.amazonaws.com";
    Socket tcp = new Socket("localhost", emulator.port());
    Socket tls =
        TrustedAuthority.of(emulator.authority())
            .getSocketFactory()
            .createSocket(tcp, host, emulator.port(), /* autoClose= */ true);
    try (WireConnection connection = new WireConnection(tls)) {
      connection.send(
          WireRequest.text(
                  "POST /getSignalingChannelEndpoint HTTP/1.1\nHost: "
                      + host
                      + "\nContent-Length: {length}\n\n"
                      + "{\"ChannelARN\":\"{channel}\","
                      + "\"SingleMasterChannelEndpointConfiguration\":"
                      + "{\"Protocols\":[\"WSS\",\"HTTPS\",\"WEBRTC\"],\"Role\":\"MASTER\"}}")
              .bytes(facts));

      check(
          connection.receive(),
          Expected.success(
              "\"wss://" + host + "\"", "\"HTTPS\",\"ResourceEndpoint\":\"https://" + host + "\""));
    }
  }

  private static Expected tooLarge() {
    return Expected.error(413, "RequestEntityTooLargeException");
  }

  private static void check(WireAnswer answer, Expected expected) {
    expected.with(facts).check(answer);
    Manners.check(answer);
  }

  private static void assertAlive() throws IOException {
    try (WireConnection connection = connect()) {
      connection.send(WireRequest.post("/describeStream", PORCH).bytes(facts));

      check(connection.receive(), Expected.success("{stream}"));
    }
  }

  private static WireConnection connect() throws IOException {
    return WireConnection.to(emulator.port());
  }

  private static byte[] head(String lines) {
    return new WireRequest(lines, new byte[0]).bytes(facts);
  }

  private static byte[] joined(WireRequest... requests) {
    byte[][] parts = new byte[requests.length][];
    for (int i = 0; i < requests.length; i++) {
      parts[i] = requests[i].bytes(facts);
    }
    return joined(parts);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
