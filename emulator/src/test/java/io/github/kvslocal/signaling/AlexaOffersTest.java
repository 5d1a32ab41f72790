package io.github.kvslocal.signaling;

import static io.github.kvslocal.signaling.Channel.viewer;
import static io.github.kvslocal.signaling.MessageType.ICE_CANDIDATE;
import static io.github.kvslocal.signaling.MessageType.SDP_ANSWER;
import static io.github.kvslocal.signaling.MessageType.SDP_OFFER;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** SendAlexaOfferToMaster. */
class AlexaOffersTest {
  private final Channel channel = new Channel();

  @Test
  void theMastersAnswerToTheSenderAnswersTheRequest() {
    ConnectionId master = channel.open(Participant.MASTER);
    channel.open(viewer("echo"));
    channel.alexa(7, "echo", "offer");
    assertThat(channel.done()).containsExactly("master hears SDP_OFFER offer of echo");

    channel.say(master, SDP_ANSWER, "ann", "no");
    channel.say(master, SDP_ANSWER, "echo", "yes");

    assertThat(channel.done()).containsExactly("request 7 is answered with yes");
    channel.say(master, SDP_ANSWER, "echo", "again");
    assertThat(channel.done()).containsExactly("viewer echo hears SDP_ANSWER again");
  }

  @Test
  void theOfferWaitsForAMaster() {
    channel.alexa(7, "echo", "offer");
    channel.advance(Duration.ofSeconds(59));

    ConnectionId master = channel.open(Participant.MASTER);

    assertThat(channel.done()).containsExactly("master hears SDP_OFFER offer of echo");
    channel.say(master, SDP_ANSWER, "echo", "yes");
    assertThat(channel.done()).containsExactly("request 7 is answered with yes");
  }

  @Test
  void theRequestFailsWhenItsTimeIsOver() {
    channel.open(Participant.MASTER);
    channel.alexa(7, "echo", "offer");
    channel.done();

    channel.advance(Channel.TTL);

    assertThat(channel.done())
        .containsExactly(
            "request 7 fails: NO_ANSWER The master did not answer the offer: its time is over.");
  }

  @Test
  void theRequestFailsWithoutAMaster() {
    channel.alexa(7, "echo", "offer");

    channel.advance(Channel.TTL);

    assertThat(channel.done())
        .containsExactly(
            "request 7 fails: NO_ANSWER The master did not answer the offer: no master is connected"
                + " to the channel.");
    assertThat(channel.isEmpty()).isTrue();
  }

  @Test
  void aNewerRequestOfTheSenderTakesThePlaceOfTheOlder() {
    channel.alexa(7, "echo", "old");

    channel.alexa(8, "echo", "new");

    assertThat(channel.done())
        .containsExactly(
            "request 7 fails: NO_ANSWER The master did not answer the offer: a newer offer of the"
                + " same SenderClientId has come.");
    channel.open(Participant.MASTER);
    assertThat(channel.done()).containsExactly("master hears SDP_OFFER new of echo");
  }

  @Test
  void anOfferWhoseClientHungUpIsNotDelivered() {
    channel.alexa(7, "echo", "offer");

    channel.hangUp(7);

    assertThat(channel.isEmpty()).isTrue();
    ConnectionId master = channel.open(Participant.MASTER);
    assertThat(channel.done()).isEmpty();
    channel.say(master, SDP_ANSWER, "echo", "late");
    assertThat(channel.done()).isEmpty();
  }

  @Test
  void aHundredRequestsAreHeldAndNoMore() {
    channel.open(Participant.MASTER);
    for (int i = 0; i < 100; i++) {
      channel.alexa(i, "echo" + i, "offer");
    }
    channel.done();

    channel.alexa(100, "late", "offer");

    assertThat(channel.done())
        .singleElement()
        .asString()
        .startsWith("request 100 fails: LIMIT_EXCEEDED 100 offers wait");
  }

  @Test
  void aChannelWithMediaStorageTakesNone() {
    channel.recorded(true).open(Participant.MASTER);

    channel.alexa(7, "echo", "offer");

    assertThat(channel.done())
        .singleElement()
        .asString()
        .startsWith("request 7 fails: INVALID_ARGUMENT The channel has media storage");
  }

  @Test
  void candidatesOfTheMasterForTheSenderAnswerNothing() {
    ConnectionId master = channel.open(Participant.MASTER);
    channel.alexa(7, "echo", "offer");
    channel.done();

    channel.say(master, ICE_CANDIDATE, "echo", "c");
    channel.say(master, SDP_OFFER, "echo", "o");

    assertThat(channel.done()).isEmpty();
  }
}
