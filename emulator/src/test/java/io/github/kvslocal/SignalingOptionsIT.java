package io.github.kvslocal;

import static io.github.kvslocal.RawSocket.FIN;
import static io.github.kvslocal.RawSocket.PING;
import static io.github.kvslocal.RawSocket.PONG;
import static io.github.kvslocal.RawSocket.TEXT;
import static io.github.kvslocal.RawSocket.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.signaling.SignalingLimits.Lifetime;
import io.github.kvslocal.signaling.SignalingLimits.OlderConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What options change about signaling sockets, as it goes over the wire. */
class SignalingOptionsIT {
  private static final String CALL = "{\"action\":\"DANCE\",\"correlationId\":\"7\"}";
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path directory;

  /** An emulator with one channel. */
  private record Door(KvsLocal emulator, String arn) implements AutoCloseable {
    RawSocket master() throws IOException {
      return open("/master?X-Amz-ChannelARN=" + arn);
    }

    RawSocket viewer(String id) throws IOException {
      return open("/viewer?X-Amz-ChannelARN=" + arn + "&X-Amz-ClientId=" + id);
    }

    private RawSocket open(String path) throws IOException {
      return new RawSocket(emulator.endpoint().getPort(), path);
    }

    @Override
    public void close() {
      emulator.close();
    }
  }

  private Door door(SignalingLimits limits) throws Exception {
    KvsLocal emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults()
                .withPort(0)
                .withDataDirectory(directory)
                .withChannels(List.of("x"))
                .withSignaling(SignalingOptions.DEFAULT.withLimits(limits)));
    return new Door(emulator, new Client(emulator).channelArn("x"));
  }

  @Test
  void aClientIsToldToGoAwayBeforeItIsClosed() throws Exception {
    try (Door door = door(lifetime(SHORT.multipliedBy(2), SHORT, LONG));
        RawSocket master = door.master()) {
      assertThat(master.next()).isEqualTo("{\"messageType\":\"GO_AWAY\"}");
      assertThat(master.next()).isEqualTo("close 1001");
    }
  }

  @Test
  void bytesThatMakeNoFrameAreNoActivity() throws Exception {
    byte[] frame = frame(FIN | TEXT, CALL.getBytes(UTF_8));

    try (Door door = door(lifetime(LONG, SHORT, SHORT));
        RawSocket slow = door.master();
        Neighbour neighbour = new Neighbour(door.viewer("ann"))) {
      slow.send(Arrays.copyOf(frame, 1));
      slow.send(Arrays.copyOfRange(frame, 1, 2));

      String heard = slow.next();

      assertThat(heard).isEqualTo("close 1000");
      assertThat(neighbour.slowestAnswer()).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void theLastOfReplacedSocketsIsLeftOpen() throws Exception {
    try (Door door = door(SignalingLimits.DOCUMENTED.withOlder(OlderConnection.LEAVE));
        RawSocket first = door.viewer("ann");
        RawSocket second = door.viewer("ann")) {
      first.send(frame(FIN | PING, new byte[0]));
      assertThat(first.next()).isEqualTo("pong");

      try (RawSocket third = door.viewer("ann")) {
        assertThat(first.next()).isEqualTo("close 1000");
        second.send(frame(FIN | PING, new byte[0]));
        assertThat(second.next()).isEqualTo("pong");
        third.say(CALL);
        assertThat(third.next()).contains("STATUS_RESPONSE");
      }
    }
  }

  @Test
  void aClientIsPingedAgainWhenItHasAnswered() throws Exception {
    try (Door door = door(SignalingLimits.DOCUMENTED.withPings(Duration.ofMillis(10)));
        RawSocket master = door.master()) {
      assertThat(master.next()).isEqualTo("ping");
      for (int i = 0; i < 200; i++) {
        master.say(CALL);
        assertThat(master.next()).contains("STATUS_RESPONSE");
      }
      master.send(frame(FIN | PONG, new byte[0]));

      assertThat(master.next()).isEqualTo("ping");
    }
  }

  private static SignalingLimits lifetime(Duration longest, Duration grace, Duration idle) {
    return SignalingLimits.DOCUMENTED.withLifetime(
        new Lifetime(longest, grace, idle, LONG, Duration.ofSeconds(10), Duration.ZERO));
  }
}
