package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.peer.FakeIce;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.Said;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Viewers in the drivers: sockets, peers and the clock of the session. */
class ViewerSessionsTest {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");
  private static final Participant MASTER = Participant.MASTER;
  private static final Participant ANN = viewer("ann");
  private static final Participant BOB = viewer("bob");
  private static final Participant CYD = viewer("cyd");
  private static final Participant DOT = viewer("dot");

  private final TestWorld world = new TestWorld();
  private final StorageSessions sessions = new StorageSessions(world.runtime());
  private final Map<Participant, FakeSocket> sockets = new HashMap<>();

  @Test
  void aViewerGetsAnOfferOfItsOwnWithItsCandidates() {
    open(ANN);

    assertThat(join(ANN)).isCompleted();

    assertThat(socket(ANN).sent()).hasSize(2);
    assertThat(socket(ANN).offers().get(0)).contains("a=sendonly").contains("a=msid:master");
    assertThat(socket(ANN).sent().get(1)).isInstanceOf(Outbound.IceCandidate.class);
    assertThat(world.events())
        .containsExactly(
            "signaling-opened", "joined", "message-sent", "message-sent", "offer-sent");
  }

  @Test
  void theJournalTellsThatAViewerSeesTheMasterAndWhatItWasSent() {
    FakeIce.Transport master = connect(MASTER);
    connect(ANN);
    assertThat(world.events()).doesNotContain("sees-master");

    new ClipSender(world.loop, master).playTo(MediaTime.ofMillis(2500));
    assertThat(world.detail("sees-master")).isEqualTo("viewer ann sees the master");
    assertThat(world.events()).filteredOn("sees-master"::equals).hasSize(1);
    leave(ANN);

    assertThat(world.detail("viewing-ended"))
        .startsWith("38 pictures were sent in ")
        .contains("0 packets were asked for again and sent, 0 were forgotten and 0 declined");
  }

  @Test
  void whatAViewerSendsIsReceivedAndGoesNowhere() {
    FakeIce.Transport ann = connect(ANN);

    new ClipSender(world.loop, ann).playTo(MediaTime.ofMillis(2500));
    world.dtls.last().goodbye();
    world.loop.settle();

    assertThat(world.store.list(TestWorld.stream("door"))).isEmpty();
    assertThat(world.events())
        .doesNotContain("recording-ended")
        .endsWith("peer-ended", "viewing-ended", "hearing-ended", "seat-held");
  }

  @Test
  void aViewersVideoIsRefused() {
    open(ANN);
    assertThat(join(ANN)).isCompleted();
    String sending = answerTo(socket(ANN).offers().get(0)).replace("a=recvonly", "a=sendonly");

    say(ANN, Said.answer(sending, "7"));

    assertThat(socket(ANN).statusResponses())
        .singleElement()
        .satisfies(
            response -> {
              assertThat(response.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
              assertThat(response.description()).contains("a viewer sends no video");
            });
    assertThat(world.detail("answer-refused")).contains("a viewer sends no video");
  }

  @Test
  void theFourthViewerIsRefusedUntilASeatIsFree() {
    for (Participant viewer : List.of(ANN, BOB, CYD)) {
      connect(viewer);
    }
    connect(MASTER);
    assertRefused(join(DOT));
    assertThat(world.detail("join-refused")).contains("maximum number of viewers connected");

    leave(ANN);
    assertRefused(join(DOT));
    world.loop.advance(Duration.ofMinutes(1));

    open(DOT);
    assertThat(join(DOT)).isCompleted();
    assertThat(world.detail("seat-freed")).isEqualTo("the seat is held no longer");
  }

  @Test
  void viewersWithoutAMasterAreEvictedAndMayComeBack() {
    FakeIce.Transport ann = connect(ANN);
    FakeIce.Transport bob = connect(BOB);

    world.loop.advance(Duration.ofMinutes(3));

    assertThat(ann.closed()).isTrue();
    assertThat(bob.closed()).isTrue();
    assertThat(world.detail("evicted")).contains("no master was connected");
    assertThat(world.detail("peer-ended")).startsWith("EVICTED");
    assertThat(join(ANN)).isCompleted();
  }

  @Test
  void aMasterThatConnectsEndsTheWaiting() {
    FakeIce.Transport ann = connect(ANN);
    world.loop.advance(Duration.ofSeconds(179));
    connect(MASTER);

    world.loop.advance(Duration.ofMinutes(30));

    assertThat(ann.closed()).isFalse();
  }

  @Test
  void theHourEndsTheSessionForAll() {
    FakeIce.Transport master = connect(MASTER);
    FakeIce.Transport ann = connect(ANN);
    world.loop.advance(Duration.ofHours(1).minusNanos(1));
    assertThat(master.closed()).isFalse();

    world.loop.advance(Duration.ofNanos(1));

    assertThat(master.closed()).isTrue();
    assertThat(ann.closed()).isTrue();
    assertThat(world.detail("peer-ended")).startsWith("SESSION_ENDED");
    assertThat(world.detail("session-ended")).isEqualTo("the session has had its full length");
    hangUp(MASTER, ANN);
    assertThat(sessions.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void aSessionWithAHeldSeatIsForgottenWhenTheHoldIsOver() {
    connect(ANN);
    leave(ANN);
    hangUp(ANN);
    world.loop.advance(Duration.ofMinutes(1).minusNanos(1));
    assertThat(sessions.count()).isEqualTo(1);

    world.loop.advance(Duration.ofNanos(1));

    assertThat(sessions.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void aViewerThatIsNeverAnsweredIsGivenUpAndKeepsItsSeatAMinute() {
    open(ANN);
    assertThat(join(ANN)).isCompleted();

    world.loop.advance(Duration.ofSeconds(30));

    assertThat(world.events()).endsWith("peer-ended", "seat-held");
    assertThat(world.detail("peer-ended")).startsWith("HANDSHAKE_TIMEOUT");
  }

  @Test
  void aJoinWithoutASocketCountsAllTheSame() {
    assertThat(join(ANN)).isCompleted();

    assertThat(world.detail("offer-without-socket")).contains("connect as viewer ann first");
    assertThat(world.events()).endsWith("offer-without-socket", "offer-waits");
    world.loop.advance(Duration.ofSeconds(30));
    assertThat(world.events()).endsWith("peer-ended", "seat-held");
    world.loop.advance(Duration.ofMinutes(1));
    assertThat(sessions.count()).isZero();
  }

  @Test
  void theSecondJoinOfAViewerReplacesItsFirstPeerWhenItIsAnswered() {
    FakeIce.Transport first = connect(ANN);
    assertThat(join(ANN)).isCompleted();
    assertThat(first.closed()).isFalse();

    answer(ANN, 1);

    assertThat(first.closed()).isTrue();
    assertThat(world.ice.last().closed()).isFalse();
    assertThat(world.detail("peer-ended")).startsWith("REPLACED");
    assertThat(world.events()).doesNotContain("seat-held");
  }

  @Test
  void aSecondAnswerToARepeatedOfferIsTakenByASuccessor() {
    open(ANN);
    assertThat(join(ANN)).isCompleted();
    assertThat(join(ANN)).isCompleted();
    answer(ANN, 0);
    FakeIce.Transport first = world.ice.last();
    IceCredentials other = new IceCredentials("other", "theirPasswordOf22Chars");

    say(ANN, Said.answer(answerTo(socket(ANN).offers().get(1), other), ""));

    assertThat(first.closed()).isTrue();
    assertThat(world.ice.last().localCredentials()).isEqualTo(first.localCredentials());
    assertThat(world.ice.last().remote()).contains(other);
    assertThat(world.detail("answered")).contains("instead of the first");
    answer(ANN, 1);
    assertThat(world.ice.opened()).hasSize(2);
    assertThat(world.events()).endsWith("answer-ignored");
  }

  @Test
  void aSecondAnswerThatIsRefusedLeavesTheFirstAsItIs() {
    open(ANN);
    assertThat(join(ANN)).isCompleted();
    assertThat(join(ANN)).isCompleted();
    answer(ANN, 0);

    say(ANN, Said.answer("nonsense", "7"));

    assertThat(socket(ANN).statusResponses()).hasSize(1);
    assertThat(world.ice.last().closed()).isFalse();
    assertThat(world.ice.last().remote()).contains(REMOTE);
  }

  @Test
  void anAnswerToAnOfferWhosePeerIsGoneLeavesTheConnectedPeer() {
    FakeIce.Transport connected = connect(MASTER);
    assertThat(join(MASTER)).isCompleted();
    say(MASTER, Said.answer("nonsense", "7"));
    world.loop.advance(Duration.ofSeconds(30));
    assertThat(world.detail("peer-ended")).startsWith("HANDSHAKE_TIMEOUT");

    answer(MASTER, 1);

    assertThat(connected.closed()).isFalse();
    assertThat(world.events()).endsWith("answer-ignored");
  }

  @Test
  void anAnswerToAnOfferWhosePeerIsGoneLeavesThePeerOfTheNextOffer() {
    connect(MASTER);
    assertThat(join(MASTER)).isCompleted();
    world.loop.advance(Duration.ofSeconds(30));
    assertThat(join(MASTER)).isCompleted();
    answer(MASTER, 2);

    answer(MASTER, 1);

    assertThat(world.ice.opened()).hasSize(3);
    assertThat(world.ice.last().closed()).isFalse();
    assertThat(world.events()).endsWith("answer-ignored");
  }

  @Test
  void joinsWhoseOffersWereNeverDeliveredAreNotAnsweredTwice() {
    assertThat(join(MASTER)).isCompleted();
    assertThat(join(MASTER)).isCompleted();
    open(MASTER);
    assertThat(socket(MASTER).offers()).hasSize(1);
    answer(MASTER, 0);

    answer(MASTER, 0);

    assertThat(world.ice.opened()).hasSize(1);
    assertThat(world.ice.last().closed()).isFalse();
    assertThat(world.events()).endsWith("answer-ignored");
  }

  @Test
  void anOfferThatIsRepeatedOverANewSocketMayBeAnsweredTwice() {
    open(MASTER);
    assertThat(join(MASTER)).isCompleted();
    hangUp(MASTER);
    assertThat(join(MASTER)).isCompleted();
    open(MASTER);
    answer(MASTER, 0);

    answer(MASTER, 0);

    assertThat(world.ice.opened()).hasSize(2);
    assertThat(world.detail("answered")).contains("instead of the first");
  }

  @Test
  void anOfferThatWaitsForAViewerIsTakenBackWithItsPeer() {
    assertThat(join(ANN)).isCompleted();
    world.loop.advance(Duration.ofSeconds(30));

    open(ANN);

    assertThat(socket(ANN).sent()).isEmpty();
  }

  @Test
  void anOfferThatIsDeliveredLateMayStillBeAnswered() {
    assertThat(join(ANN)).isCompleted();
    world.loop.advance(Duration.ofSeconds(29));
    open(ANN);
    assertThat(world.events())
        .endsWith("offer-waits", "signaling-opened", "message-sent", "offer-sent", "message-sent");
    world.loop.advance(Duration.ofSeconds(29));

    answer(ANN, 0);

    assertThat(world.ice.last().remote()).contains(REMOTE);
  }

  @Test
  void theEndOfStorageEndsTheSessionForAllAndFreesItsSeats() {
    FakeIce.Transport ann = connect(ANN);
    connect(BOB);
    leave(BOB);

    sessions.storageEnded(TestWorld.channel("door"), "media storage was disabled");
    hangUp(ANN, BOB);

    assertThat(ann.closed()).isTrue();
    assertThat(world.detail("peer-ended")).isEqualTo("SESSION_ENDED: media storage was disabled");
    assertThat(world.detail("session-ended")).isEqualTo("media storage was disabled");
    assertThat(sessions.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void theEndOfAllDropsHeldSeatsToo() {
    connect(ANN);
    connect(BOB);
    leave(ANN);
    hangUp(ANN, BOB);

    CompletableFuture<Void> ended = sessions.endAll("the emulator ends");
    world.loop.settle();

    assertThat(ended).isCompleted();
    assertThat(sessions.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void aThousandChannelsComeAndGoWithoutATrace() {
    for (int i = 0; i < 1000; i++) {
      sessions.join(
          TestWorld.channel("door" + i), TestWorld.stream("door"), ANN, ChannelFacts.DEFAULT);
    }
    world.loop.settle();
    assertThat(sessions.count()).isEqualTo(1000);

    world.loop.advance(Duration.ofSeconds(90));

    assertThat(sessions.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
  }

  private static void assertRefused(CompletableFuture<Void> decided) {
    assertThat(decided)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(Reason.VIEWER_LIMIT));
  }

  private FakeSocket socket(Participant who) {
    return Objects.requireNonNull(sockets.get(who), "no socket of " + who);
  }

  private void open(Participant who) {
    FakeSocket socket = new FakeSocket();
    sockets.put(who, socket);
    sessions.signalingOpened(TestWorld.channel("door"), who, socket, Said.RECORDED);
    world.loop.settle();
  }

  private CompletableFuture<Void> join(Participant who) {
    CompletableFuture<Void> decided =
        sessions
            .join(TestWorld.channel("door"), TestWorld.stream("door"), who, ChannelFacts.DEFAULT)
            .toCompletableFuture();
    world.loop.settle();
    return decided;
  }

  private void say(Participant from, Inbound message) {
    sessions.signalingReceived(TestWorld.channel("door"), socket(from), message, Said.RECORDED);
    world.loop.settle();
  }

  private void answer(Participant from, int offer) {
    say(from, Said.answer(answerTo(socket(from).offers().get(offer)), ""));
  }

  private FakeIce.Transport connect(Participant who) {
    open(who);
    assertThat(join(who)).isCompleted();
    answer(who, 0);
    world.ice.last().select();
    world.dtls.last().establish();
    world.loop.settle();
    return world.ice.last();
  }

  /** Says close_notify; peers were made in the order in which they connected. */
  private void leave(Participant who) {
    String ufrag =
        socket(who)
            .offers()
            .get(0)
            .lines()
            .filter(line -> line.startsWith("a=ice-ufrag:"))
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < world.ice.opened().size(); i++) {
      if (ufrag.endsWith(":" + world.ice.opened().get(i).localCredentials().ufrag())) {
        world.dtls.created().get(i).goodbye();
      }
    }
    world.loop.settle();
  }

  private void hangUp(Participant... who) {
    for (Participant each : who) {
      sessions.signalingClosed(TestWorld.channel("door"), socket(each));
    }
    world.loop.settle();
  }

  private static Participant viewer(String id) {
    return new Participant.Viewer(new ClientId(id));
  }

  private static String answerTo(String offer) {
    return answerTo(offer, REMOTE);
  }

  private static String answerTo(String offer, IceCredentials from) {
    try {
      return SdpWriter.write(
          new AnswerPlan(true, Setup.ACTIVE)
              .answer(SdpReader.read(offer), from, FakeDtls.FINGERPRINT));
    } catch (MalformedSdpException e) {
      throw new AssertionError(e);
    }
  }
}
