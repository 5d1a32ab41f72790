package io.github.kvslocal.signaling;

import static io.github.kvslocal.signaling.Channel.viewer;
import static io.github.kvslocal.signaling.MessageType.ICE_CANDIDATE;
import static io.github.kvslocal.signaling.MessageType.SDP_ANSWER;
import static io.github.kvslocal.signaling.MessageType.SDP_OFFER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChannelSignalingTest {
  private static final Duration MOMENT = Duration.ofNanos(1);

  private final Channel channel = new Channel();

  @Test
  void theNewestConnectionOfAParticipantTakesOver() {
    ConnectionId first = channel.open("first", Participant.MASTER);
    ConnectionId ann = channel.open(viewer("ann"));

    channel.open("second", Participant.MASTER);

    assertThat(channel.done())
        .containsExactly(
            "first is closed with 1000: a newer connection of the same participant has taken over");
    channel.say(ann, SDP_OFFER, "", "offer");
    channel.close(first);
    channel.say(ann, ICE_CANDIDATE, "", "candidate");
    assertThat(channel.done())
        .containsExactly(
            "second hears SDP_OFFER offer of ann", "second hears ICE_CANDIDATE candidate of ann");
  }

  @Test
  void whatAReplacedConnectionSaysIsIgnored() {
    ConnectionId first = channel.open("first", Participant.MASTER);
    channel.open(viewer("ann"));
    channel.open("second", Participant.MASTER);
    channel.done();

    channel.say(first, SDP_ANSWER, "ann", "answer", "c");

    assertThat(channel.all()).singleElement().asString().contains("message-ignored");
  }

  @Test
  void aReplacedConnectionCanBeLeftOpenUntilItsTimeIsOver() {
    Channel leaving =
        new Channel(SignalingLimits.DOCUMENTED.withOlder(SignalingLimits.OlderConnection.LEAVE));
    leaving.open("first", viewer("ann"));

    leaving.open("second", viewer("ann"));
    assertThat(leaving.done()).isEmpty();
    leaving.advance(Duration.ofMinutes(10));

    assertThat(leaving.done())
        .containsExactly(
            "first is closed with 1000: idle for too long",
            "second is closed with 1000: idle for too long");
  }

  @Test
  void ofReplacedConnectionsTheLastIsLeftOpen() {
    Channel leaving =
        new Channel(SignalingLimits.DOCUMENTED.withOlder(SignalingLimits.OlderConnection.LEAVE));
    leaving.open("first", viewer("ann"));
    leaving.open("another", viewer("bob"));
    leaving.open("second", viewer("ann"));
    assertThat(leaving.done()).isEmpty();

    leaving.open("third", viewer("ann"));

    assertThat(leaving.done())
        .containsExactly(
            "first is closed with 1000: two newer connections of the same participant have taken"
                + " over");
    leaving.open("fourth", viewer("ann"));
    assertThat(leaving.done()).hasSize(1).first().asString().startsWith("second is closed");
  }

  @Test
  void theEleventhViewerIsRefused() throws RefusedException {
    for (int i = 0; i < 10; i++) {
      channel.admit(viewer("v" + i));
      channel.open(viewer("v" + i));
    }

    assertThatThrownBy(() -> channel.admit(viewer("eleventh")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.LIMIT_EXCEEDED))
        .hasMessageContaining("10");
    channel.admit(viewer("v3"));
    channel.admit(Participant.MASTER);
  }

  @Test
  void whoIsAdmittedKeepsItsPlaceForAMoment() throws RefusedException {
    for (int i = 0; i < 10; i++) {
      channel.admit(viewer("v" + i));
    }
    assertThatThrownBy(() -> channel.admit(viewer("eleventh")))
        .isInstanceOf(RefusedException.class);

    channel.advance(Duration.ofSeconds(10));

    assertThat(channel.isEmpty()).isTrue();
    channel.admit(viewer("eleventh"));
  }

  @Test
  void aPlaceThatIsWithdrawnIsFreeAtOnce() throws RefusedException {
    for (int i = 0; i < 10; i++) {
      channel.admit(viewer("v" + i));
    }

    channel.withdraw(viewer("v3"));

    channel.admit(viewer("eleventh"));
  }

  @Test
  void oneOfTwoUpgradesOfAViewerKeepsItsPlaceWhenTheOtherFails() throws RefusedException {
    for (int i = 0; i < 10; i++) {
      channel.admit(viewer("v" + i));
    }
    channel.admit(viewer("v3"));

    channel.withdraw(viewer("v3"));

    assertThatThrownBy(() -> channel.admit(viewer("eleventh")))
        .isInstanceOf(RefusedException.class);
    channel.withdraw(viewer("v3"));
    channel.admit(viewer("eleventh"));
  }

  @Test
  void aViewerWhoWasNotAdmittedIsClosedWhenThereIsNoPlace() {
    for (int i = 0; i < 10; i++) {
      channel.open(viewer("v" + i));
    }

    channel.open("late", viewer("late"));

    assertThat(channel.done())
        .containsExactly("late is closed with 1008: too many viewers are connected");
  }

  @Test
  void aPlaceIsFreeAsSoonAsItsSocketIsClosed() throws RefusedException {
    ConnectionId first = channel.open(viewer("v0"));
    for (int i = 1; i < 10; i++) {
      channel.open(viewer("v" + i));
    }

    channel.close(first);

    channel.admit(viewer("eleventh"));
  }

  @Test
  void whatWaitedComesInOrderAndOnce() {
    ConnectionId ann = channel.open(viewer("ann"));
    ConnectionId bob = channel.open(viewer("bob"));
    channel.say(ann, SDP_OFFER, "", "a");
    channel.say(ann, ICE_CANDIDATE, "", "a1");
    channel.say(bob, SDP_OFFER, "", "b");
    channel.say(ann, ICE_CANDIDATE, "", "a2");

    ConnectionId master = channel.open(Participant.MASTER);

    assertThat(channel.done())
        .containsExactly(
            "master hears SDP_OFFER a of ann",
            "master hears ICE_CANDIDATE a1 of ann",
            "master hears SDP_OFFER b of bob",
            "master hears ICE_CANDIDATE a2 of ann");
    channel.close(master);
    channel.open(Participant.MASTER);
    assertThat(channel.done()).isEmpty();
  }

  @Test
  void aNewerOfferTakesThePlaceOfOneThatWaits() {
    ConnectionId ann = channel.open(viewer("ann"));
    ConnectionId bob = channel.open(viewer("bob"));
    channel.say(ann, SDP_OFFER, "", "old");
    channel.say(bob, SDP_OFFER, "", "other");
    channel.say(ann, SDP_ANSWER, "", "answer");

    channel.say(ann, SDP_OFFER, "", "new");

    channel.open(Participant.MASTER);
    assertThat(channel.done())
        .containsExactly(
            "master hears SDP_OFFER other of bob",
            "master hears SDP_ANSWER answer of ann",
            "master hears SDP_OFFER new of ann");
  }

  @Test
  void whatHasWaitedForItsTimeToLiveIsDroppedAndNoted() {
    ConnectionId ann = channel.open(viewer("ann"));
    channel.say(ann, SDP_OFFER, "", "offer");
    channel.advance(Channel.TTL.minus(MOMENT));
    channel.notes();

    channel.advance(MOMENT);

    assertThat(channel.notes())
        .containsExactly(
            "note master message-expired: an SDP_OFFER of the viewer ann was not delivered: the"
                + " master did not connect in time");
    channel.open(Participant.MASTER);
    assertThat(channel.done()).isEmpty();
  }

  @Test
  void oneViewersFloodLeavesRoomForTheMessagesOfOthers() {
    ConnectionId ann = channel.open(viewer("ann"));
    ConnectionId bob = channel.open(viewer("bob"));
    for (int i = 0; i < 128; i++) {
      channel.say(ann, ICE_CANDIDATE, "", "a" + i);
    }
    channel.notes();

    channel.say(ann, ICE_CANDIDATE, "", "surplus", "c");
    channel.say(bob, SDP_OFFER, "", "offer", "c");

    assertThat(channel.done()).containsExactly("viewer ann hears STATUS_RESPONSE c LIMIT_EXCEEDED");
    channel.open(Participant.MASTER);
    assertThat(channel.done()).hasSize(129).endsWith("master hears SDP_OFFER offer of bob");
  }

  @Test
  void messagesThatWaitAreBoundedInAllAndInBytes() {
    ConnectionId master = channel.open(Participant.MASTER);
    String large = "x".repeat(10_000);
    for (int i = 0; i < 53; i++) {
      channel.say(master, SDP_OFFER, "absent" + i, large);
    }
    assertThat(channel.notes()).filteredOn(note -> note.contains("message-declined")).hasSize(1);

    for (int i = 0; i < 2_000; i++) {
      channel.say(master, SDP_OFFER, "nobody" + i, "x");
    }

    assertThat(channel.notes())
        .filteredOn(note -> note.contains("message-declined"))
        .hasSize(2_000 - (1024 - 52));
  }

  @Test
  void theStorageSessionsOfferWaitsAndTheNewestCounts() {
    channel.storageOffers(1, Participant.MASTER, "first", "c1", "c2");
    assertThat(channel.notes())
        .singleElement()
        .asString()
        .startsWith("note master offer-without-socket!: ");

    channel.storageOffers(2, Participant.MASTER, "second", "c1");
    channel.open(Participant.MASTER);

    assertThat(channel.done())
        .containsExactly(
            "master hears offer second of storage", "master hears candidate c1 of storage");
  }

  @Test
  void theStorageSessionIsToldEachTimeItsOfferGoesOut() {
    channel.storageOffers(1, Participant.MASTER, "replaced", "c1");
    channel.storageOffers(2, Participant.MASTER, "offer", "c1");
    assertThat(channel.storageOffersSent()).isEmpty();

    channel.open(Participant.MASTER);
    channel.storageOffers(2, Participant.MASTER, "offer", "c1");

    assertThat(channel.storageOffersSent()).containsExactly(2L, 2L);
  }

  @Test
  void anOfferOfTheStorageSessionThatIsWithdrawnIsNotDelivered() {
    channel.storageOffers(1, Participant.MASTER, "offer", "c1");
    channel.storageOffers(2, viewer("ann"), "other");

    channel.withdrawStorageOffer(1);

    channel.open(Participant.MASTER);
    channel.open(viewer("ann"));
    assertThat(channel.done()).containsExactly("viewer ann hears offer other of storage");
  }

  @Test
  void aDeletedChannelClosesItsSocketsAndForgetsWhatWaits() {
    ConnectionId ann = channel.open(viewer("ann"));
    channel.say(ann, SDP_OFFER, "", "offer");
    channel.alexa(1, "echo", "offer");
    channel.done();

    channel.delete();

    assertThat(channel.done())
        .containsExactly(
            "viewer ann is closed with 1000: the channel was deleted",
            "request 1 fails: NO_SUCH_CHANNEL The requested channel is not found or not active.");
    channel.close(ann);
    assertThat(channel.isEmpty()).isTrue();
  }

  @Test
  void anEmptyChannelWaitsForNothing() {
    ConnectionId ann = channel.open(viewer("ann"));
    ConnectionId master = channel.open(Participant.MASTER);
    assertThat(channel.isEmpty()).isFalse();

    channel.close(ann);
    channel.close(master);

    assertThat(channel.isEmpty()).isTrue();
  }

  @Test
  void anOfferThatWaitsIsLostWhenTheChannelGetsMediaStorage() {
    ConnectionId ann = channel.open(viewer("ann"));
    channel.say(ann, SDP_OFFER, "", "offer");
    channel.say(ann, ICE_CANDIDATE, "", "candidate");
    channel.all();

    channel.recorded(true).open(Participant.MASTER);

    assertThat(channel.all())
        .satisfiesExactly(
            event -> assertThat(event).startsWith("note master signaling-opened"),
            event -> assertThat(event).startsWith("note viewer ann offer-not-delivered!"),
            event -> assertThat(event).isEqualTo("master hears ICE_CANDIDATE candidate of ann"));
  }

  @Test
  void aHeldOfferThatWaitsFailsWhenTheChannelGetsMediaStorage() {
    channel.alexa(1, "echo", "offer");
    channel.done();

    channel.recorded(true).open(Participant.MASTER);

    assertThat(channel.done())
        .singleElement()
        .asString()
        .startsWith("request 1 fails: NO_ANSWER")
        .contains("media storage");
  }

  @Test
  void theStorageSessionsOfferWaitsNoLongerThanItsPatience() {
    channel.storageOffers(1, Participant.MASTER, "offer", "c1");
    assertThat(channel.all()).singleElement().asString().contains("30 s at most");
    channel.advance(Channel.PATIENCE);

    channel.open(Participant.MASTER);

    assertThat(channel.done()).isEmpty();
  }

  @Test
  void theStorageSessionsOfferWaitsNoLongerThanMessagesOfItsChannelDo() {
    channel.learn(new ChannelFacts(true, Duration.ofSeconds(5)));

    channel.storageOffers(1, Participant.MASTER, "offer", "c1");

    assertThat(channel.all()).singleElement().asString().contains("5 s at most");
  }

  @Test
  void anOfferOfTheStorageSessionWaitsWithItsCandidatesOrNotAtAll() {
    Channel small = new Channel(waiting(new SignalingLimits.Waiting(128, 2, 1_000)));

    small.storageOffers(1, Participant.MASTER, "offer", "c1", "c2");

    assertThat(small.all()).singleElement().asString().contains("offer-dropped!");
    assertThat(small.isEmpty()).isTrue();
  }

  @Test
  void anOfferThatThereIsNoRoomForLeavesTheOlderOneWaiting() {
    Channel small = new Channel(waiting(new SignalingLimits.Waiting(128, 10, 20)));
    ConnectionId ann = small.open(viewer("ann"));
    small.say(ann, SDP_OFFER, "", "short");
    small.say(ann, SDP_OFFER, "", "longer than twenty characters");
    small.done();

    small.open(Participant.MASTER);

    assertThat(small.done()).containsExactly("master hears SDP_OFFER short of ann");
  }

  private static SignalingLimits waiting(SignalingLimits.Waiting waiting) {
    SignalingLimits documented = SignalingLimits.DOCUMENTED;
    return new SignalingLimits(
        documented.viewers(),
        documented.lifetime(),
        documented.rates(),
        waiting,
        documented.older(),
        documented.heldOffers());
  }
}
