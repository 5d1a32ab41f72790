package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.peer.FakeIce;
import io.github.kvslocal.recording.RecordingExport;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.Said;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StorageSessionsTest {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");

  private static final String CANDIDATE = "candidate:1 1 udp 1 198.51.100.7 40000 typ host";

  private final TestWorld world = new TestWorld();
  private final StorageSessions sessions = new StorageSessions(world.runtime());
  private final FakeSocket socket = new FakeSocket();

  @Test
  void everyJoinYieldsOneOfferEvenWhenManyComeAtOnce() {
    open("door", socket);

    for (int i = 0; i < 20; i++) {
      sessions.join(
          TestWorld.channel("door"),
          TestWorld.stream("door"),
          Participant.MASTER,
          ChannelFacts.DEFAULT);
    }
    world.loop.settle();

    assertThat(socket.offers()).hasSize(20);
    assertThat(world.ice.opened()).hasSize(1);
  }

  @Test
  void anOfferThatWaitsIsRepeatedWithTheSameParameters() {
    open("door", socket);
    join("door");
    world.loop.advance(Duration.ofSeconds(5));

    join("door");

    assertThat(new HashSet<>(socket.offers())).hasSize(1);
    assertThat(socket.offers()).hasSize(2);
  }

  @Test
  void anOfferThatIsRepeatedLateMayStillBeAnswered() {
    open("door", socket);
    join("door");
    world.loop.advance(Duration.ofSeconds(28));
    join("door");
    world.loop.advance(Duration.ofSeconds(3));

    answer("door", socket, 1);
    world.loop.advance(Duration.ofSeconds(25));

    assertThat(world.ice.opened()).hasSize(1);
    assertThat(world.ice.last().remote()).contains(REMOTE);
    assertThat(world.ice.last().closed()).isFalse();
  }

  @Test
  void theOfferIsFollowedByItsCandidates() {
    open("door", socket);

    join("door");

    assertThat(socket.sent())
        .containsExactly(
            new Outbound.SdpOffer(socket.offers().get(0)),
            new Outbound.IceCandidate(world.ice.last().localCandidates().get(0).toString(), 0));
  }

  @Test
  void aReplacedPeerIsClosedOnlyAfterTheNewAnswer() {
    FakeIce.Transport first = connect("door", socket);
    join("door");
    assertThat(world.ice.opened()).hasSize(2);
    assertThat(first.closed()).isFalse();

    answer("door", socket, 1);

    assertThat(first.closed()).isTrue();
    assertThat(world.ice.last().closed()).isFalse();
    assertThat(world.detail("peer-ended")).startsWith("REPLACED");
  }

  @Test
  void theStateIsEmptyAfterEverybodyLeft() {
    connect("door", socket);
    world.dtls.last().goodbye();
    world.loop.settle();
    assertThat(sessions.count()).isEqualTo(1);

    sessions.signalingClosed(TestWorld.channel("door"), socket);
    world.loop.settle();

    assertThat(sessions.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void aRefusedAnswerIsToldToThoseAloneWhoNamedIt() {
    open("door", socket);
    join("door");
    String refused = answerTo(socket.offers().get(0)).replace("H264/90000", "VP8/90000");

    say("door", socket, Said.answer(refused, ""));
    assertThat(socket.statusResponses()).isEmpty();
    say("door", socket, Said.answer(refused, "answer-7"));

    assertThat(socket.statusResponses()).hasSize(1);
    Outbound.StatusResponse response = socket.statusResponses().get(0);
    assertThat(response.correlationId()).isEqualTo("answer-7");
    assertThat(response.reason()).isEqualTo(Reason.INVALID_ARGUMENT);
    assertThat(response.description()).contains("must keep H264 as payload type 126");
    assertThat(world.detail("answer-refused")).isEqualTo(response.description());
  }

  @Test
  void whatCannotBeReadIsToldToThoseAloneWhoNamedIt() {
    open("door", socket);

    say("door", socket, new Inbound.Unreadable("no such action", ""));
    say("door", socket, new Inbound.Unreadable("no such action", "7"));

    assertThat(socket.sent())
        .containsExactly(
            new Outbound.StatusResponse("7", Reason.INVALID_ARGUMENT, "no such action"));
  }

  @Test
  void aViewersOwnOfferIsLostAndExplained() {
    FakeSocket viewer = new FakeSocket();
    open("door", socket);
    sessions.signalingOpened(
        TestWorld.channel("door"),
        new Participant.Viewer(new ClientId("ann")),
        viewer,
        Said.RECORDED);

    say("door", viewer, Said.offer("v=0", "7"));

    assertThat(socket.sent()).isEmpty();
    assertThat(world.detail("offer-not-delivered")).contains("call JoinStorageSessionAsViewer");
    assertThat(viewer.statusResponses())
        .extracting(Outbound.StatusResponse::reason)
        .containsExactly(Reason.INVALID_ARGUMENT);
  }

  @Test
  void aRefusedAnswerMayBeFollowedByAGoodOne() {
    open("door", socket);
    join("door");
    say("door", socket, Said.answer("nonsense", "1"));

    answer("door", socket, 0);

    assertThat(world.ice.last().remote()).contains(REMOTE);
  }

  @Test
  void anAnswerThatNobodyWaitsForIsIgnored() {
    FakeIce.Transport ice = connect("door", socket);

    answer("door", socket, 0);

    assertThat(ice.closed()).isFalse();
    assertThat(world.events()).endsWith("answer-ignored");
  }

  @Test
  void aCandidateThatCannotBeUsedIsToldInTheJournal() {
    open("door", socket);

    say("door", socket, Said.candidate(CANDIDATE, ""));
    assertThat(world.detail("candidate-ignored")).contains("neither an offer nor a connection");
    join("door");
    say("door", socket, Said.candidate("candidate:nonsense", ""));
    assertThat(world.detail("candidate-ignored")).contains("RFC 8839");
    for (int i = 0; i < 65; i++) {
      say("door", socket, Said.candidate(CANDIDATE, ""));
    }

    assertThat(world.detail("candidate-ignored")).contains("too many candidates");
    assertThat(world.events()).filteredOn("candidate-ignored"::equals).hasSize(3);
  }

  @Test
  void theEndOfCandidatesIsNothingToComplainOf() {
    open("door", socket);
    join("door");

    say("door", socket, Said.candidate("", ""));

    assertThat(world.events())
        .containsExactly(
            "signaling-opened",
            "joined",
            "message-sent",
            "message-sent",
            "offer-sent",
            "message-received");
  }

  @Test
  void aNewerSocketTakesOver() {
    FakeSocket newer = new FakeSocket();
    open("door", socket);
    open("door", newer);

    join("door");

    assertThat(socket.closings()).containsExactly(CloseCode.NORMAL);
    assertThat(socket.offers()).isEmpty();
    assertThat(newer.offers()).hasSize(1);
  }

  @Test
  void aDeletedChannelClosesItsSocketsAndEndsItsPeers() {
    FakeIce.Transport ice = connect("door", socket);

    sessions.channelDeleted(TestWorld.channel("door"));
    world.loop.settle();

    assertThat(socket.closings()).containsExactly(CloseCode.NORMAL);
    assertThat(ice.closed()).isTrue();
    assertThat(world.detail("peer-ended")).contains("the channel was deleted");
  }

  @Test
  void endedStorageEndsThePeersAndLeavesTheSocketsOpen() {
    FakeIce.Transport ice = connect("door", socket);

    sessions.storageEnded(TestWorld.channel("door"), "media storage was disabled");
    world.loop.settle();

    assertThat(ice.closed()).isTrue();
    assertThat(socket.closings()).isEmpty();
    assertThat(world.detail("peer-ended")).contains("media storage was disabled");
  }

  @Test
  void aChannelThatNobodyUsesIsDeletedWithoutASession() {
    sessions.channelDeleted(TestWorld.channel("door"));
    sessions.storageEnded(TestWorld.channel("door"), "media storage was disabled");

    assertThat(sessions.count()).isZero();
  }

  @Test
  void aSocketThatWasReplacedHasNoSayAnyMore() {
    FakeSocket newer = new FakeSocket();
    open("door", socket);
    join("door");
    open("door", newer);

    answer("door", socket, 0);
    sessions.signalingClosed(TestWorld.channel("door"), socket);
    join("door");

    assertThat(world.ice.last().remote()).isEmpty();
    assertThat(newer.offers()).isEqualTo(socket.offers());
  }

  @Test
  void aSocketThatFloodsItsSessionIsClosedAndItsSurplusDropped() {
    open("door", socket);
    for (int i = 0; i < StorageSessions.MOST_WAITING_MESSAGES; i++) {
      flood();
    }
    assertThat(socket.closings()).isEmpty();

    flood();

    assertThat(socket.closings()).containsExactly(CloseCode.POLICY_VIOLATION);
    world.loop.settle();
    assertThat(socket.statusResponses()).hasSize(StorageSessions.MOST_WAITING_MESSAGES);
  }

  @Test
  void messagesThatWereReadDoNotCountAnyMore() {
    open("door", socket);

    for (int i = 0; i < 2 * StorageSessions.MOST_WAITING_MESSAGES; i++) {
      flood();
      world.loop.settle();
    }

    assertThat(socket.closings()).isEmpty();
  }

  private void flood() {
    sessions.signalingReceived(
        TestWorld.channel("door"),
        socket,
        new Inbound.Unreadable("no such action", "7"),
        Said.RECORDED);
  }

  @Test
  void mediaSurvivesTheSocket() throws Exception {
    ClipSender sender = new ClipSender(world.loop, connect("door", socket));
    sender.playTo(MediaTime.ofMillis(1000));

    sessions.signalingClosed(TestWorld.channel("door"), socket);
    sender.playTo(MediaTime.ofMillis(9000));
    world.dtls.last().goodbye();
    world.loop.settle();

    assertThat(world.detail("recording-ended")).contains("; 0 frames are in none;");
    assertThat(recorded("door")).containsExactlyInAnyOrderElementsOf(data(sender.sent()));
    assertThat(sessions.count()).isZero();
  }

  @Test
  void mediaGoesWhereItsOwnJoinWantedIt() throws Exception {
    open("door", socket);
    join("door");
    answer("door", socket, 0);
    FakeIce.Transport first = world.ice.last();
    sessions.join(
        TestWorld.channel("door"),
        TestWorld.stream("gate"),
        Participant.MASTER,
        ChannelFacts.DEFAULT);
    world.loop.settle();

    first.select();
    world.dtls.created().get(0).establish();
    world.loop.settle();
    ClipSender sender = new ClipSender(world.loop, first);
    sender.playTo(MediaTime.ofMillis(3000));
    answer("door", socket, 1);

    assertThat(first.closed()).isTrue();
    assertThat(recorded("door")).containsExactlyInAnyOrderElementsOf(data(sender.sent()));
  }

  @Test
  void aJoinBeforeItsSocketIsExplainedAndItsOfferWaits() {
    join("door");
    assertThat(world.detail("offer-without-socket")).contains("connect as master first, then join");

    open("door", socket);

    assertThat(socket.offers()).hasSize(1);
    assertThat(socket.sent()).hasSize(2);
    answer("door", socket, 0);
    assertThat(world.ice.last().remote()).contains(REMOTE);
  }

  @Test
  void anOfferThatWaitsIsTakenBackWithItsPeer() {
    join("door");

    world.loop.advance(Duration.ofSeconds(30));

    assertThat(sessions.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
    open("door", socket);
    assertThat(socket.sent()).isEmpty();
  }

  @Test
  void aJoinAfterTheSocketWasLostRepeatsTheEarlierOfferOverTheNextOne() {
    open("door", socket);
    join("door");
    sessions.signalingClosed(TestWorld.channel("door"), socket);
    join("door");
    join("door");
    FakeSocket again = new FakeSocket();

    open("door", again);

    assertThat(again.sent()).isEqualTo(socket.sent());
    assertThat(world.ice.opened()).hasSize(1);
  }

  @Test
  void endOfAllStoresWhatWasReceived() throws Exception {
    ClipSender door = new ClipSender(world.loop, connect("door", socket));
    door.playTo(MediaTime.ofMillis(3000));
    ClipSender gate = new ClipSender(world.loop, connect("gate", new FakeSocket()));
    gate.playTo(MediaTime.ofMillis(2500));

    CompletableFuture<Void> ended = sessions.endAll("the emulator ends");
    world.loop.settle();

    assertThat(ended).isCompleted();
    assertThat(recorded("door")).containsExactlyInAnyOrderElementsOf(data(door.sent()));
    assertThat(recorded("gate")).containsExactlyInAnyOrderElementsOf(data(gate.sent()));
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void aBugInOneSessionEndsItAndNoOther() throws Exception {
    StorageSessions faulty =
        new StorageSessions(
            world.runtime(new FaultyFragmentStore(world.store, TestWorld.stream("door"))));
    FakeSocket gateSocket = new FakeSocket();
    FakeIce.Transport door = connect(faulty, "door", socket);
    FakeIce.Transport gate = connect(faulty, "gate", gateSocket);
    ClipSender toDoor = new ClipSender(world.loop, door);
    ClipSender toGate = new ClipSender(world.loop, gate);

    toDoor.playTo(MediaTime.ofMillis(6000));

    assertThat(door.closed()).isTrue();
    assertThat(world.dtls.created().get(0).closed()).isTrue();
    assertThat(world.detail("peer-ended")).isEqualTo("SHUT_DOWN: internal failure");
    assertThat(gate.closed()).isFalse();
    toGate.playTo(MediaTime.ofMillis(6000));
    CompletableFuture<Void> ended = faulty.endAll("over");
    world.loop.settle();
    assertThat(ended).isCompleted();
    assertThat(recorded("gate")).containsExactlyInAnyOrderElementsOf(data(toGate.sent()));
    faulty.signalingClosed(TestWorld.channel("door"), socket);
    faulty.signalingClosed(TestWorld.channel("gate"), gateSocket);
    world.loop.settle();
    assertThat(faulty.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void aBugAtTheEndOfARecordingLeavesNoSessionBehind() {
    AtomicBoolean faulty = new AtomicBoolean();
    CompletableFuture<Void> gate = new CompletableFuture<>();
    StorageSessions faultyAtTheEnd =
        new StorageSessions(
            world.runtime(
                new WaitingFragmentStore(world.store, gate),
                new FaultyClockLoop(world.loop, faulty::get)));
    ClipSender sender = new ClipSender(world.loop, connect(faultyAtTheEnd, "door", socket));
    sender.playTo(MediaTime.ofMillis(1000));
    faultyAtTheEnd.signalingClosed(TestWorld.channel("door"), socket);
    CompletableFuture<Void> ended = faultyAtTheEnd.endAll("over");
    world.loop.settle();
    assertThat(ended).isNotDone();

    faulty.set(true);
    gate.complete(null);
    world.loop.settle();

    assertThat(ended).isCompleted();
    assertThat(faultyAtTheEnd.count()).isZero();
  }

  @Test
  void aBugEndsTheRequestsThatAreHeld() {
    AtomicBoolean faulty = new AtomicBoolean();
    StorageSessions buggy =
        new StorageSessions(
            world.runtime(world.store, new FaultyClockLoop(world.loop, faulty::get)));
    ChannelFacts peerToPeer = new ChannelFacts(false, Duration.ofSeconds(60));
    CompletableFuture<String> held =
        buggy.alexaOffer(TestWorld.channel("door"), new ClientId("echo"), "b2ZmZXI=", peerToPeer);
    world.loop.settle();
    assertThat(held).isNotDone();

    faulty.set(true);
    CompletableFuture<String> met =
        buggy.alexaOffer(TestWorld.channel("door"), new ClientId("dot"), "b2ZmZXI=", peerToPeer);
    world.loop.settle();

    assertThat(met).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("a bug");
    assertThat(held).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("a bug");
    assertThat(buggy.count()).isZero();
    assertThat(world.loop.alarms()).isZero();
  }

  private void open(String channel, FakeSocket opened) {
    sessions.signalingOpened(TestWorld.channel(channel), Participant.MASTER, opened, Said.RECORDED);
    world.loop.settle();
  }

  private void join(String channel) {
    sessions.join(
        TestWorld.channel(channel),
        TestWorld.stream(channel),
        Participant.MASTER,
        ChannelFacts.DEFAULT);
    world.loop.settle();
  }

  private void say(String channel, FakeSocket from, Inbound message) {
    sessions.signalingReceived(TestWorld.channel(channel), from, message, Said.RECORDED);
    world.loop.settle();
  }

  private void answer(String channel, FakeSocket from, int offer) {
    say(channel, from, Said.answer(answerTo(from.offers().get(offer)), ""));
  }

  private FakeIce.Transport connect(String channel, FakeSocket over) {
    return connect(sessions, channel, over);
  }

  private FakeIce.Transport connect(StorageSessions to, String channel, FakeSocket over) {
    to.signalingOpened(TestWorld.channel(channel), Participant.MASTER, over, Said.RECORDED);
    to.join(
        TestWorld.channel(channel),
        TestWorld.stream(channel),
        Participant.MASTER,
        ChannelFacts.DEFAULT);
    world.loop.settle();
    to.signalingReceived(
        TestWorld.channel(channel),
        over,
        Said.answer(answerTo(over.offers().get(0)), ""),
        Said.RECORDED);
    world.loop.settle();
    world.ice.last().select();
    world.dtls.last().establish();
    world.loop.settle();
    return world.ice.last();
  }

  private static String answerTo(String offer) {
    try {
      return SdpWriter.write(
          new AnswerPlan(true, Setup.ACTIVE)
              .answer(SdpReader.read(offer), REMOTE, FakeDtls.FINGERPRINT));
    } catch (MalformedSdpException e) {
      throw new AssertionError(e);
    }
  }

  private List<ByteBuffer> recorded(String stream) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordingExport.plan(world.store, TestWorld.stream(stream)).writeTo(out);
    return MatroskaReader.read(out.toByteArray()).blocks().stream()
        .map(MatroskaBlock::data)
        .toList();
  }

  private static List<ByteBuffer> data(List<EncodedFrame> frames) {
    return frames.stream().map(EncodedFrame::data).toList();
  }
}
