package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.DtlsEndpoint.DtlsRole;
import io.github.kvslocal.peer.IceTransport.IceRole;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.rtp.MediaSender;
import io.github.kvslocal.rtp.PacketSink;
import io.github.kvslocal.rtp.ReceiveTiming;
import io.github.kvslocal.rtp.SendParameters;
import io.github.kvslocal.rtp.SendTrack;
import io.github.kvslocal.rtp.TrackFormat;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.OfferPlan;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerConnectionTest implements PeerConnection.Observer, PacketSink {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");
  private static final long SECOND = 1_000_000_000L;

  private final FakeIce ice = new FakeIce();
  private final FakeIce.Transport agent = ice.open(IceRole.CONTROLLING, new Unheard());
  private final FakeDtls.Endpoint dtls = new FakeDtls().create(new Unheard());
  private final NullSrtp srtp = new NullSrtp();
  private final List<String> events = new ArrayList<>();
  private final List<EncodedFrame> frames = new ArrayList<>();
  private final PeerConnection peer =
      new PeerConnection(
          Negotiation.withMaster(OfferPlan.DEFAULT),
          new PeerConnection.Identity(42, 4711, FakeDtls.FINGERPRINT),
          new MediaSetup(ReceiveTiming.DEFAULT, new LiveClock(0, Instant.EPOCH), new Random(3)),
          new PeerTransports(agent, dtls, srtp),
          this);
  private final MediaSender sender =
      new MediaSender(
          new SendParameters(
              track(new TrackFormat(126, 127, true, "1"), 1),
              track(new TrackFormat(111, TrackFormat.NONE, false, "0"), 3),
              new HeaderExtensions(3, 4),
              "sender",
              Instant.EPOCH));

  /** Lets the sender's packets be lost. */
  private boolean losing;

  private long now;

  @Test
  void theOfferIsTheSameAtEveryCall() {
    String first = SdpWriter.write(peer.offer());

    assertThat(SdpWriter.write(peer.offer())).isEqualTo(first);
    assertThat(first)
        .contains("a=ice-ufrag:" + agent.localCredentials().ufrag())
        .contains("a=fingerprint:" + FakeDtls.FINGERPRINT);
    assertThat(peer.candidates()).isEqualTo(agent.localCandidates());
  }

  @Test
  void anActiveAnswerMakesUsTheServer() throws Exception {
    peer.answer(answer(Setup.ACTIVE));

    assertThat(agent.remote()).contains(REMOTE);
    assertThat(dtls.role()).contains(DtlsRole.SERVER);
    assertThat(peer.progress()).isEqualTo(PeerProgress.ANSWERED);
  }

  @Test
  void aPassiveAnswerMakesUsTheClientOnceThereIsAPath() throws Exception {
    peer.answer(answer(Setup.PASSIVE));
    assertThat(dtls.role()).isEmpty();

    peer.pathFound("here", "there");

    assertThat(dtls.role()).contains(DtlsRole.CLIENT);
    assertThat(peer.progress()).isEqualTo(PeerProgress.PATH_FOUND);
  }

  @Test
  void aRefusedAnswerChangesNothing() throws Exception {
    SessionDescription refused =
        SdpReader.read(SdpWriter.write(answer(Setup.ACTIVE)).replace("H264/90000", "VP8/90000"));

    assertThatThrownBy(() -> peer.answer(refused)).isInstanceOf(UnacceptableAnswerException.class);

    assertThat(agent.remote()).isEmpty();
    assertThat(dtls.role()).isEmpty();
    assertThat(peer.progress()).isEqualTo(PeerProgress.OFFERED);
    assertThat(peer.statistics()).isEmpty();
    peer.answer(answer(Setup.ACTIVE));
    assertThat(agent.remote()).contains(REMOTE);
  }

  @Test
  void anOfferIsAnsweredOnce() throws Exception {
    peer.answer(answer(Setup.ACTIVE));

    assertThatThrownBy(() -> peer.answer(answer(Setup.PASSIVE)))
        .isInstanceOf(UnacceptableAnswerException.class)
        .hasMessageContaining("answered before");

    assertThat(dtls.role()).contains(DtlsRole.SERVER);
  }

  @Test
  void candidatesBeforeTheAnswerWaitForIt() throws Exception {
    peer.remoteCandidate(candidate(1));
    peer.remoteCandidate(candidate(2));
    assertThat(agent.remoteCandidates()).isEmpty();

    peer.answer(answer(Setup.ACTIVE));
    peer.remoteCandidate(candidate(3));

    assertThat(agent.remoteCandidates()).containsExactly(candidate(1), candidate(2), candidate(3));
  }

  @Test
  void candidatesBeforeTheAnswerAreBounded() throws Exception {
    for (int i = 0; i < 1000; i++) {
      assertThat(peer.remoteCandidate(candidate(i))).isEqualTo(i < 64);
    }

    peer.answer(answer(Setup.ACTIVE));

    assertThat(agent.remoteCandidates()).hasSize(64).contains(candidate(0), candidate(63));
  }

  @Test
  void bothAddressesAreToldWhenMediaCanFlow() throws Exception {
    connect();

    assertThat(events).containsExactly("connected here there");
    assertThat(peer.progress()).isEqualTo(PeerProgress.CONNECTED);
    assertThat(peer.audioNegotiated()).isTrue();
  }

  @Test
  void nothingIsDueBeforeMediaCanFlow() throws Exception {
    assertThat(peer.nextDeadline(0)).isEqualTo(Long.MAX_VALUE);
    peer.answer(answer(Setup.ACTIVE));

    assertThat(peer.nextDeadline(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void framesOfBothTracksComeOutAsTheyWereSent() throws Exception {
    connect();

    play(0, 50);
    sender.report(this);
    turn();
    play(50, 100);
    peer.end(PeerEnd.SHUT_DOWN, "over", now);

    assertThat(frames)
        .extracting(EncodedFrame::data)
        .containsExactlyInAnyOrderElementsOf(
            Clip.frames().subList(0, 100).stream().map(EncodedFrame::data).toList());
    assertThat(frames)
        .isSortedAccordingTo((a, b) -> a.track() == b.track() ? a.time().compareTo(b.time()) : 0);
  }

  @Test
  void aMissingPacketIsAskedForAgain() throws Exception {
    connect();
    play(0, 20);
    losing = true;
    play(20, 25);
    losing = false;
    agent.forgetSent();

    play(25, 60);

    // RFC 4585 section 6.2.1: generic NACK is transport feedback of format 1.
    assertThat(agent.sent()).anyMatch(compound -> holds(compound, 205, 1));
  }

  @Test
  void reportsAndTransportFeedbackAreSentByTheirDeadline() throws Exception {
    connect();
    play(0, 5);
    long deadline = peer.nextDeadline(now);
    assertThat(deadline).isLessThanOrEqualTo(now + SECOND);

    now = deadline;
    turn();
    now += SECOND;
    turn();

    assertThat(agent.sent()).anyMatch(compound -> holds(compound, 205, 15));
    assertThat(agent.sent()).anyMatch(compound -> (compound[1] & 0xFF) == 201);
  }

  @Test
  void framesThatStillWaitAreHandedOutAtTheEnd() throws Exception {
    connect();
    play(0, 10);
    assertThat(frames).isEmpty();

    peer.end(PeerEnd.REMOTE_CLOSED, "gone", now);

    assertThat(frames).hasSize(10);
    assertThat(events).endsWith("REMOTE_CLOSED: gone after 10 frames");
    assertThat(agent.closed()).isTrue();
    assertThat(dtls.closed()).isTrue();
  }

  @Test
  void theEndIsToldOnceAndNothingIsDueAfterIt() throws Exception {
    connect();
    play(0, 10);
    peer.end(PeerEnd.REMOTE_CLOSED, "gone", now);
    agent.forgetSent();

    peer.end(PeerEnd.SHUT_DOWN, "again", now);
    turn();
    peer.pathFound("x", "y");

    assertThat(events).hasSize(2);
    assertThat(agent.sent()).isEmpty();
    assertThat(peer.nextDeadline(now)).isEqualTo(Long.MAX_VALUE);
    assertThat(peer.progress()).isEqualTo(PeerProgress.ENDED);
  }

  @Test
  void packetsThatCannotBeAreCountedAndHarmNobody() throws Exception {
    connect();
    byte[] nonsense = new byte[12];
    nonsense[0] = (byte) 0xBF;
    nonsense[1] = 126;

    peer.transport().datagram(nonsense, 0, nonsense.length, now);
    nonsense[1] = (byte) 200;
    peer.transport().datagram(nonsense, 0, nonsense.length, now);
    turn();

    assertThat(peer.statistics().orElseThrow().malformedPackets()).isEqualTo(2);
    assertThat(peer.progress()).isEqualTo(PeerProgress.CONNECTED);
  }

  private SessionDescription answer(Setup setup) {
    return new AnswerPlan(true, setup).answer(peer.offer(), REMOTE, FakeDtls.FINGERPRINT);
  }

  private void connect() throws UnacceptableAnswerException {
    peer.answer(answer(Setup.ACTIVE));
    peer.pathFound("here", "there");
    peer.transport().keysAgreed(FakeDtls.keys(DtlsRole.SERVER));
  }

  /** Sends frames of the clip, each at its time, the peer having its turn after each. */
  private void play(int from, int to) {
    for (EncodedFrame frame : Clip.frames().subList(from, to)) {
      now = Math.max(now, frame.time().nanos());
      sender.send(frame, this);
      turn();
    }
  }

  private void turn() {
    peer.turn(now);
  }

  /** Whether a compound packet holds one of this type and feedback format. */
  private static boolean holds(byte[] compound, int type, int format) {
    for (int at = 0; at + 4 <= compound.length; ) {
      if ((compound[at + 1] & 0xFF) == type && (compound[at] & 0x1F) == format) {
        return true;
      }
      at += 4 + 4 * ByteBuffer.wrap(compound).getShort(at + 2);
    }
    return false;
  }

  private static SendTrack track(TrackFormat format, long ssrc) {
    return new SendTrack(format, ssrc, ssrc + 1, 65_530, -1000);
  }

  private static IceCandidate candidate(int number) {
    return new IceCandidate("1", 1, "udp", number, "198.51.100.7", 40_000 + number, "host");
  }

  @Override
  public void connected(String localAddress, String remoteAddress) {
    events.add("connected " + localAddress + " " + remoteAddress);
  }

  @Override
  public void frame(EncodedFrame frame) {
    assertThat(frame.time()).isGreaterThanOrEqualTo(MediaTime.ZERO);
    frames.add(frame);
  }

  @Override
  public void handedOut() {}

  @Override
  public void liveFrame(EncodedFrame frame) {}

  @Override
  public void liveGap(Track track) {}

  @Override
  public void keyFrameWanted() {
    events.add("key frame wanted");
  }

  @Override
  public void unannouncedMedia(int payloadType) {}

  @Override
  public void ended(PeerEnd end, String why) {
    events.add(end + ": " + why + " after " + frames.size() + " frames");
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length) {
    if (!losing) {
      deliver(buffer, offset, length);
    }
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length) {
    deliver(buffer, offset, length);
  }

  private void deliver(byte[] buffer, int offset, int length) {
    byte[] datagram = Arrays.copyOfRange(buffer, offset, offset + length);
    peer.transport().datagram(datagram, 0, length, now);
  }
}
