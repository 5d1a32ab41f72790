package io.github.kvslocal;

import static io.github.kvslocal.RawSocket.FIN;
import static io.github.kvslocal.RawSocket.PING;
import static io.github.kvslocal.RawSocket.TEXT;
import static io.github.kvslocal.RawSocket.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.journal.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a signaling socket does with frames, and with clients, that are not as they should be. */
class SocketEdgeIT {
  private static final String CALL = "{\"action\":\"DANCE\",\"correlationId\":\"7\"}";
  private static final String CANDIDATE =
      "{\"action\":\"ICE_CANDIDATE\",\"messagePayload\":\"" + "A".repeat(10_000) + "\"}";

  /** Generous: it tells being kept waiting from a machine that is busy. */
  private static final Duration UNNOTICED = Duration.ofSeconds(2);

  @TempDir private Path directory;
  private KvsLocal emulator;
  private String arn;

  @BeforeEach
  void start() throws Exception {
    emulator = KvsLocal.start(KvsLocalOptions.defaults().withPort(0).withDataDirectory(directory));
    new Client(emulator).post("http", "/createSignalingChannel", "{'ChannelName':'x'}");
    arn = channelArn("x");
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  static Stream<Arguments> brokenFrames() {
    byte[] call = CALL.getBytes(UTF_8);
    return Stream.of(
        Arguments.of("binary", 1003, frame(FIN | 2, new byte[] {0, 1})),
        Arguments.of("not masked", 1002, frame(FIN | TEXT, 0, call.length, call)),
        Arguments.of("reserved bit", 1002, frame(FIN | 0x40 | TEXT, call)),
        Arguments.of("reserved opcode", 1002, frame(FIN | 3, call)),
        Arguments.of("continuation of nothing", 1002, frame(FIN, call)),
        Arguments.of(
            "message within a message", 1002, both(frame(TEXT, call), frame(FIN | TEXT, call))),
        Arguments.of("ping of 126 bytes", 1002, frame(FIN | PING, new byte[126])),
        Arguments.of("ping in parts", 1002, frame(PING, call)),
        Arguments.of("no UTF-8", 1007, frame(FIN | TEXT, new byte[] {(byte) 0xFF, 'x'})),
        Arguments.of("frame of 40,000 bytes", 1009, frame(FIN | TEXT, new byte[40_000])),
        Arguments.of("frame announced only", 1009, frame(FIN | TEXT, 0x80, 40_000, call)),
        Arguments.of(
            "message of 150,000 bytes",
            1009,
            both(
                frame(TEXT, new byte[30_000]),
                both(
                    both(frame(0, new byte[30_000]), frame(0, new byte[30_000])),
                    both(frame(0, new byte[30_000]), frame(FIN, new byte[30_000]))))));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("brokenFrames")
  void aBrokenFrameIsClosedWithTheCodeThatSaysWhy(String what, int code, byte[] bytes)
      throws Exception {
    try (RawSocket socket = master()) {
      socket.send(bytes);

      assertThat(socket.next()).as(what).isEqualTo("close " + code);
      assertThat(socket.next()).isEqualTo("end");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 200", "0, 10", "10, 1"})
  void aMessageMayComeInPartsOfAnySize(int first, int rest) throws Exception {
    byte[] call = CALL.getBytes(UTF_8);
    try (RawSocket socket = master()) {
      socket.send(frame(TEXT, Arrays.copyOf(call, first)));
      socket.send(frame(FIN | PING, new byte[0]));
      int from = first;
      for (; from + rest < call.length; from += rest) {
        socket.send(frame(0, Arrays.copyOfRange(call, from, from + rest)));
      }
      socket.send(frame(FIN, Arrays.copyOfRange(call, from, call.length)));

      assertThat(socket.next()).isEqualTo("pong");
      assertThat(socket.next()).contains("STATUS_RESPONSE", "DANCE");
    }
  }

  @Test
  void aFrameMayComeByteByByteWhileOthersTalk() throws Exception {
    try (RawSocket slow = master();
        RawSocket other = viewer("ann")) {
      byte[] frame = frame(FIN | TEXT, CALL.getBytes(UTF_8));
      for (byte one : frame) {
        slow.send(new byte[] {one});
        other.say(CALL);
        assertThat(other.next()).contains("STATUS_RESPONSE");
      }

      assertThat(slow.next()).contains("STATUS_RESPONSE");
    }
  }

  @Test
  void emptyMessagesAreIgnored() throws Exception {
    try (RawSocket socket = master()) {
      socket.say("");
      socket.send(both(frame(TEXT, new byte[0]), frame(FIN, new byte[0])));
      socket.say(CALL);

      assertThat(socket.next()).contains("STATUS_RESPONSE");
    }
    assertThat(emulator.journal().entries())
        .filteredOn(entry -> entry.event() == Event.MESSAGE_DECLINED)
        .hasSize(1);
  }

  @Test
  void aFloodIsClosedAndNobodyElseNotices() throws Exception {
    byte[] burst = frame(FIN | TEXT, HexFormat.of().parseHex("7b7d"));
    ByteArrayOutputStream flood = new ByteArrayOutputStream();
    for (int i = 0; i < 5_000; i++) {
      flood.writeBytes(burst);
    }
    try (RawSocket socket = master();
        Neighbour neighbour = new Neighbour(viewer("ann"))) {
      socket.send(flood.toByteArray());

      String heard = socket.next();

      assertThat(heard).isEqualTo("close 1008");
      assertThat(neighbour.slowestAnswer()).isLessThan(UNNOTICED);
    }
  }

  @Test
  void aClientThatDoesNotReadIsClosedAndNobodyElseNotices() throws Exception {
    try (RawSocket deaf = master();
        RawSocket talker = viewer("ann");
        Neighbour neighbour = new Neighbour(viewer("bob"))) {
      talkUntilClosed(talker);

      List<String> heard = allOf(deaf);

      assertThat(heard).endsWith("close 1008", "end");
      assertThat(neighbour.slowestAnswer()).isLessThan(UNNOTICED);
      talker.say(CANDIDATE);
      try (RawSocket next = master()) {
        assertThat(next.next()).contains("\"senderClientId\":\"ann\"");
      }
    }
  }

  /** Says candidates to the master until its socket is being closed, in rounds without a rate. */
  private void talkUntilClosed(RawSocket talker) throws IOException {
    for (int round = 0; round < 100 && journalLacks("signaling-closed"); round++) {
      for (int i = 0; i < 40; i++) {
        talker.say(CANDIDATE);
      }
      talker.say(CALL);
      talker.next();
    }
  }

  @Test
  void whatIsSaidToOneWhoBrokeTheProtocolIsForItsNextSocket() throws Exception {
    try (RawSocket broken = master();
        RawSocket talker = viewer("ann")) {
      broken.send(frame(FIN | 3, CALL.getBytes(UTF_8)));
      assertThat(broken.next()).isEqualTo("close 1002");
      talker.say(CANDIDATE);
      talker.say(CALL);
      assertThat(talker.next()).contains("STATUS_RESPONSE");

      try (RawSocket next = master()) {
        assertThat(next.next()).contains("\"senderClientId\":\"ann\"");
      }
    }
  }

  private boolean journalLacks(String event) {
    return emulator.journal().entries().stream()
        .noneMatch(entry -> entry.event().text().equals(event));
  }

  /** All that it hears until its end. */
  private static List<String> allOf(RawSocket socket) throws IOException {
    List<String> heard = new ArrayList<>();
    do {
      heard.add(socket.next());
    } while (!heard.get(heard.size() - 1).equals("end"));
    return heard;
  }

  @Test
  void aFrameThatNeverEndsDoesNotHoldUpTheEnd() throws Exception {
    try (RawSocket socket = master()) {
      socket.send(new byte[] {(byte) (FIN | TEXT)});
      long start = System.nanoTime();

      emulator.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  private String channelArn(String name) throws Exception {
    return Client.json(
            new Client(emulator)
                .post("http", "/describeSignalingChannel", "{'ChannelName':'" + name + "'}"))
        .at("/ChannelInfo/ChannelARN")
        .asText();
  }

  private RawSocket master() throws IOException {
    return new RawSocket(emulator.endpoint().getPort(), "/master?X-Amz-ChannelARN=" + arn);
  }

  private RawSocket viewer(String id) throws IOException {
    return new RawSocket(
        emulator.endpoint().getPort(), "/viewer?X-Amz-ChannelARN=" + arn + "&X-Amz-ClientId=" + id);
  }

  private static byte[] both(byte[] one, byte[] other) {
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    together.writeBytes(one);
    together.writeBytes(other);
    return together.toByteArray();
  }
}
