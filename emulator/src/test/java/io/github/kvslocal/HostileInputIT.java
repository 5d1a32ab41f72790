package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is thrown at the front door while a master records: its recording is complete. */
class HostileInputIT {
  private static final List<EncodedFrame> FRAMES = Clip.frames();
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);

  /** RFC 5246 section 7.2.1 in epoch 0: nobody who has keys may believe it. */
  private static final byte[] PLAIN_CLOSE_NOTIFY =
      HexFormat.of().parseHex("15fefd00000000000000630002" + "0100");

  @TempDir private Path directory;
  private final Random random = new Random(20_261_120);
  private MasterBench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new MasterBench(directory, List.of("door", "other"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void datagramsOfAnyKindFromAnywhereDoNoHarm() throws Exception {
    TappedIce[] tapped = new TappedIce[1];
    RemoteMaster master =
        bench.join("door", BOTH_TRACKS, FRAMES, real -> tapped[0] = new TappedIce(real));
    master.connected().get(20, TimeUnit.SECONDS);

    for (int i = 0; i < 120; i++) {
      try (DatagramSocket stranger = new DatagramSocket()) {
        for (int j = 0; j < 8; j++) {
          send(stranger, anyDatagram());
          tapped[0].send(anyDatagram());
        }
        send(stranger, new byte[0]);
        send(stranger, bindingRequest(tapped[0].otherUfrag() + ":any"));
        send(stranger, bindingRequest(":"));
        send(stranger, bindingRequest(""));
        tapped[0].send(bindingRequest(tapped[0].otherUfrag() + ":any"));
        tapped[0].send(PLAIN_CLOSE_NOTIFY);
        tapped[0].send(new byte[0]);
      }
      // A burst that no socket's buffer holds would push out the master's packets as well.
      assertThat(bench.client.get("https", "/_kvslocal/health").statusCode()).isEqualTo(200);
    }

    long readers = threadsOfAddresses();
    master.allSent().get(20, TimeUnit.SECONDS);
    master.close();
    String end = bench.log.await("recording-ended", "door");
    assertThat(end)
        .containsPattern("picture and sound; 0 frames are in none; [1-9][0-9]* datagrams dropped");
    assertRecordedWhole();
    // 120 strangers called the agent by its name; the master has some readers of its own.
    assertThat(readers).isBetween(10L, 40L);
    assertUnharmed();
  }

  @Test
  void messagesAndRequestsOfAnyKindDoNoHarm() throws Exception {
    RemoteMaster master = bench.join("door", BOTH_TRACKS, FRAMES);
    master.connected().get(20, TimeUnit.SECONDS);

    HttpResponse<String> big =
        bench.client.send(
            HttpRequest.newBuilder(bench.client.uri("https", "/joinStorageSession"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[10_000_000])));
    for (String text : hostileMessages()) {
      master.say(text);
      sayToOther(text);
    }
    sayBytesToOther();

    assertThat(big.statusCode()).isBetween(400, 499);
    master.allSent().get(20, TimeUnit.SECONDS);
    master.close();
    bench.log.await("recording-ended", "door");
    assertRecordedWhole();
    assertUnharmed();
  }

  /** By the name that the library gives to its thread for each remote address. */
  private static long threadsOfAddresses() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("IceConnector"))
        .count();
  }

  private void assertRecordedWhole() throws Exception {
    for (Track track : Track.values()) {
      assertThat(bench.recorded("door", track)).isEqualTo(MasterBench.data(FRAMES, track));
    }
  }

  private void assertUnharmed() throws Exception {
    assertThat(bench.log.exceptions()).isEmpty();
    assertThat(bench.client.get("https", "/_kvslocal/health").statusCode()).isEqualTo(200);
    try (RemoteMaster next = bench.join("other", BOTH_TRACKS, FRAMES)) {
      assertThat(next.connected()).succeedsWithin(20, TimeUnit.SECONDS);
    }
  }

  /** Of a random kind and length, some of them with a header that almost holds. */
  private byte[] anyDatagram() {
    byte[] datagram = new byte[random.nextInt(200)];
    random.nextBytes(datagram);
    if (datagram.length < 20) {
      return datagram;
    }
    switch (random.nextInt(5)) {
      case 0 -> put(datagram, "000100");
      case 1 -> put(datagram, "0001" + "%04x".formatted(datagram.length - 20) + "2112a442");
      case 2 -> put(datagram, "16fefd0000");
      case 3 -> put(datagram, "807e");
      default -> put(datagram, "80c8");
    }
    return datagram;
  }

  private static void put(byte[] datagram, String hex) {
    byte[] header = HexFormat.of().parseHex(hex);
    System.arraycopy(header, 0, datagram, 0, header.length);
  }

  /** A Binding request without integrity (RFC 8489 section 5, attribute USERNAME 0x0006). */
  private byte[] bindingRequest(String userName) {
    byte[] name = userName.getBytes(UTF_8);
    int padded = (name.length + 3) / 4 * 4;
    ByteBuffer request = ByteBuffer.allocate(24 + padded);
    request.putShort((short) 1).putShort((short) (4 + padded)).putInt(0x2112_A442);
    request.putInt(random.nextInt()).putLong(random.nextLong());
    request.putShort((short) 6).putShort((short) name.length).put(name);
    return request.array();
  }

  private void send(DatagramSocket from, byte[] datagram) throws IOException {
    from.send(
        new DatagramPacket(
            datagram,
            datagram.length,
            InetAddress.getLoopbackAddress(),
            bench.emulator.endpoint().getPort()));
  }

  private static List<String> hostileMessages() {
    return List.of(
        "",
        "null",
        "[]",
        "{",
        "\u0000",
        "{\"action\":null,\"messagePayload\":7}",
        "[".repeat(5000),
        "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\"%%%\",\"correlationId\":\"1\"}",
        answer("v=0"),
        answer("v=0\r\n" + "a=x\r\n".repeat(1100)),
        answer("v=0\r\nm=video -1 UDP/TLS/RTP/SAVPF 126\r\n"),
        answer("v=0\r\nm=video 99999999999 UDP/TLS/RTP/SAVPF 126\r\n"),
        answer("v=0\r\n" + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n".repeat(40)),
        answer("x".repeat(7000)),
        candidate("candidate:1 1 udp 99999999999999 1.2.3.4 1 typ host"),
        candidate("candidate:1 1 udp 1 999.999.999.999 99999 typ host"),
        candidate("candidate:1 999 tcp 1 example.invalid 9 typ relay"),
        "{\"action\":\"" + "x".repeat(30_000) + "\"}");
  }

  private static String answer(String sdp) {
    return message("SDP_ANSWER", "{\"type\":\"answer\",\"sdp\":\"" + escaped(sdp) + "\"}");
  }

  private static String candidate(String candidate) {
    return message("ICE_CANDIDATE", "{\"candidate\":\"" + candidate + "\"}");
  }

  private static String escaped(String sdp) {
    return sdp.replace("\r\n", "\\r\\n");
  }

  private static String message(String action, String payload) {
    return "{\"action\":\"%s\",\"messagePayload\":\"%s\",\"correlationId\":\"c\"}"
        .formatted(action, Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)));
  }

  /** Joins first, so that there is an offer to be answered badly. */
  private void sayToOther(String text) throws Exception {
    WebSocket socket = openOther();
    bench.client.post(
        "https",
        "/joinStorageSession",
        "{'channelArn':'" + bench.client.channelArn("other") + "'}");
    socket.sendText(text, true).get(10, TimeUnit.SECONDS);
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
  }

  private void sayBytesToOther() throws Exception {
    byte[] bytes = new byte[1000];
    random.nextBytes(bytes);
    openOther().sendBinary(ByteBuffer.wrap(bytes), true).get(10, TimeUnit.SECONDS);
    openOther().sendPing(ByteBuffer.wrap(bytes, 0, 100)).get(10, TimeUnit.SECONDS);
    openOther().abort();
  }

  private WebSocket openOther() throws Exception {
    return bench
        .client
        .http()
        .newWebSocketBuilder()
        .connectTimeout(Duration.ofSeconds(10))
        .buildAsync(
            bench.client.uri("wss", "/master?X-Amz-ChannelARN=" + bench.client.channelArn("other")),
            new WebSocket.Listener() {})
        .get(10, TimeUnit.SECONDS);
  }
}
