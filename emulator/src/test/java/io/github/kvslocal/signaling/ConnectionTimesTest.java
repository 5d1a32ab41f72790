package io.github.kvslocal.signaling;

import static io.github.kvslocal.signaling.Channel.viewer;
import static io.github.kvslocal.signaling.MessageType.ICE_CANDIDATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The limits page: one hour, ten minutes idle, GO_AWAY one minute before. */
class ConnectionTimesTest {
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final Channel channel = new Channel();

  @Test
  void aConnectionIsWarnedAMinuteBeforeItsHourIsOverAndThenClosed() {
    ConnectionId master = channel.open(Participant.MASTER);
    pingFor(master, Duration.ofMinutes(59).minus(MOMENT));
    assertThat(channel.done()).isEmpty();

    channel.advance(MOMENT);
    assertThat(channel.done()).containsExactly("master hears GO_AWAY");
    channel.advance(Duration.ofMinutes(1).minus(MOMENT));
    assertThat(channel.done()).isEmpty();
    channel.advance(MOMENT);

    assertThat(channel.done())
        .containsExactly("master is closed with 1001: connected for too long");
  }

  @Test
  void aSilentConnectionIsClosedAfterTenMinutes() {
    channel.open(viewer("ann"));
    channel.advance(Duration.ofMinutes(10).minus(MOMENT));
    assertThat(channel.done()).isEmpty();

    channel.advance(MOMENT);

    assertThat(channel.done()).containsExactly("viewer ann is closed with 1000: idle for too long");
  }

  @Test
  void messagesInEitherDirectionAreActivity() {
    ConnectionId master = channel.open(Participant.MASTER);
    ConnectionId ann = channel.open(viewer("ann"));
    channel.open(viewer("silent"));
    channel.advance(Duration.ofMinutes(9));

    channel.say(ann, ICE_CANDIDATE, "", "c");
    channel.done();
    channel.advance(Duration.ofMinutes(1));
    assertThat(channel.done())
        .containsExactly("viewer silent is closed with 1000: idle for too long");
    channel.advance(Duration.ofMinutes(9));

    assertThat(channel.done()).hasSize(2);
    channel.close(master);
    channel.close(ann);
  }

  @Test
  void aConnectionThatWasClosedForItsAgeMakesWayForWhatComesNext() {
    channel.open("old", Participant.MASTER);
    ConnectionId ann = channel.open(viewer("ann"));
    pingFor(ann, Duration.ofMinutes(10));
    channel.done();

    channel.say(ann, ICE_CANDIDATE, "", "c");
    assertThat(channel.done()).isEmpty();
    channel.open("new", Participant.MASTER);

    assertThat(channel.done()).containsExactly("new hears ICE_CANDIDATE c of ann");
  }

  @Test
  void iceServersAreToBeRenewedOnlyWhereThatIsWanted() {
    SignalingLimits.Lifetime hourly = SignalingLimits.DOCUMENTED.lifetime();
    Channel renewing =
        new Channel(
            SignalingLimits.DOCUMENTED.withLifetime(
                new SignalingLimits.Lifetime(
                    hourly.longest(),
                    hourly.grace(),
                    hourly.idle(),
                    Duration.ofMinutes(4),
                    hourly.admission(),
                    hourly.pings())));
    renewing.open(Participant.MASTER);

    renewing.advance(Duration.ofMinutes(9));

    assertThat(renewing.done())
        .containsExactly("master hears RECONNECT_ICE_SERVER", "master hears RECONNECT_ICE_SERVER");
  }

  @Test
  void clientsArePingedOnlyWhereThatIsWanted() {
    Channel pinging = new Channel(SignalingLimits.DOCUMENTED.withPings(Duration.ofMinutes(4)));
    pinging.open(Participant.MASTER);

    pinging.advance(Duration.ofMinutes(9));

    assertThat(pinging.done()).containsExactly("master is pinged", "master is pinged");
  }

  @Test
  void aClientThatAnswersPingsIsNotIdle() {
    Channel pinging = new Channel(SignalingLimits.DOCUMENTED.withPings(Duration.ofMinutes(9)));
    ConnectionId browser = pinging.open(viewer("browser"));
    pinging.open(viewer("deaf"));
    pinging.advance(Duration.ofMinutes(9));
    pinging.done();

    pinging.isAlive(browser);
    pinging.advance(Duration.ofMinutes(1));

    assertThat(pinging.done())
        .containsExactly("viewer deaf is closed with 1000: idle for too long");
  }

  /** As the KVS C SDK does, though not as often. */
  private void pingFor(ConnectionId connection, Duration length) {
    Duration left = length;
    for (Duration step = Duration.ofMinutes(5); left.compareTo(step) > 0; left = left.minus(step)) {
      channel.advance(step);
      channel.isAlive(connection);
    }
    channel.advance(left);
  }
}
