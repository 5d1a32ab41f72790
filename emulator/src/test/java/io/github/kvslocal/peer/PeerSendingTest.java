package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.rtp.ReceiveTiming;
import io.github.kvslocal.rtp.SenderStatistics;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.rtcp.NtpTime;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Attribute;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.OfferPlan;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.Setup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer is sent. */
class PeerSendingTest implements PeerConnection.Observer {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");
  private static final long SECOND = 1_000_000_000L;
  private static final Instant WALL = Instant.parse("2026-11-20T12:00:00Z");
  private static final EncodedFrame PICTURE = Clip.video().get(0);
  private static final EncodedFrame SOUND = Clip.audio().get(0);

  /** The first SSRC is the last there is, so that those that follow wrap. */
  private static final long SSRC = 0xFFFF_FFFFL;

  private final FakeIce.Transport agent =
      new FakeIce().open(IceTransport.IceRole.CONTROLLING, new Unheard());
  private final List<String> events = new ArrayList<>();

  @Test
  void aViewerIsSentPictureAndSoundUnderTheNumbersOfItsOffer() throws Exception {
    PeerConnection peer = connected(Negotiation.withViewer(OfferPlan.DEFAULT), "recvonly");

    assertThat(peer.send(PICTURE, 0)).isTrue();
    assertThat(peer.send(SOUND, 0)).isTrue();

    assertThat(
            peer.offer().section("video").orElseThrow().attributes().stream()
                .filter(attribute -> attribute.name().equals("ssrc-group"))
                .map(Attribute::value))
        .containsExactly("FID 0 1");
    assertThat(media()).contains("126 ssrc 0", "111 ssrc " + SSRC).hasSize(2);
    assertThat(peer.listens()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sendrecv", "recvonly"})
  void aMasterThatListensIsSentSoundAndNeverPictures(String direction) throws Exception {
    PeerConnection peer = connected(Negotiation.withMaster(OfferPlan.DEFAULT), direction);

    assertThat(peer.listens()).isTrue();
    assertThat(peer.send(SOUND, 0)).isTrue();
    assertThat(peer.send(PICTURE, 0)).isFalse();

    assertThat(media()).containsExactly("111 ssrc " + SSRC);
  }

  @Test
  void aMasterThatOnlySpeaksIsSentNothing() throws Exception {
    PeerConnection peer = connected(Negotiation.withMaster(OfferPlan.DEFAULT), "sendonly");

    assertThat(peer.listens()).isFalse();
    assertThat(peer.send(SOUND, 0)).isFalse();

    assertThat(agent.sent()).isEmpty();
    assertThat(peer.sent().orElseThrow().refusedFrames()).isEqualTo(1);
  }

  @Test
  void nothingIsSentBeforeMediaCanFlowOrAfterTheEnd() throws Exception {
    PeerConnection peer = peer(Negotiation.withViewer(OfferPlan.DEFAULT));
    assertThat(peer.send(PICTURE, 0)).isFalse();
    peer.answer(answer(peer, "recvonly"));
    assertThat(peer.send(PICTURE, 0)).isFalse();
    connect(peer);
    peer.end(PeerEnd.SHUT_DOWN, "over", 0);
    agent.forgetSent();

    assertThat(peer.send(PICTURE, 0)).isFalse();

    assertThat(agent.sent()).isEmpty();
  }

  @Test
  void whatIsMissingIsSentAgain() throws Exception {
    PeerConnection peer = connected(Negotiation.withViewer(OfferPlan.DEFAULT), "recvonly");
    peer.send(PICTURE, 0);
    int number = parsed(agent.sent().get(0)).sequenceNumber();
    agent.forgetSent();
    byte[] feedback = new byte[100];
    RtcpWriter writer = new RtcpWriter();
    writer.begin(feedback, 0);
    assertThat(writer.nack(9, 0, new int[] {number, number + 1}, 2, 16)).isEqualTo(2);

    peer.transport().datagram(feedback, 0, writer.length(), 0);

    assertThat(media()).containsExactly("127 ssrc 1");
    SenderStatistics sent = peer.sent().orElseThrow();
    assertThat(sent.retransmissions()).isEqualTo(1);
    assertThat(sent.forgotten()).isEqualTo(1);
  }

  @Test
  void aWishForAKeyFrameIsTold() throws Exception {
    PeerConnection peer = connected(Negotiation.withViewer(OfferPlan.DEFAULT), "recvonly");
    byte[] feedback = new byte[100];
    RtcpWriter writer = new RtcpWriter();
    writer.begin(feedback, 0);
    writer.pictureLoss(9, 0);
    writer.pictureLoss(9, 77);
    int pictureLoss = writer.length();
    peer.transport().datagram(feedback, 0, pictureLoss, 0);
    assertThat(events).containsExactly("key frame wanted");
    writer.begin(feedback, 0);
    writer.fullIntraRequest(9, 0, 3);

    peer.transport().datagram(feedback, 0, writer.length(), 0);

    assertThat(events).containsExactly("key frame wanted", "key frame wanted");
  }

  @Test
  void reportsPutBothTracksOnOneClock() throws Exception {
    PeerConnection peer = connected(Negotiation.withViewer(OfferPlan.DEFAULT), "recvonly");
    assertThat(peer.nextDeadline(0)).isEqualTo(Long.MAX_VALUE);
    peer.send(PICTURE.at(MediaTime.ofMillis(300)), SECOND);
    peer.send(SOUND.at(MediaTime.ofMillis(300)), SECOND);
    long picture = timestampOf(126);
    long sound = timestampOf(111);
    agent.forgetSent();
    assertThat(peer.nextDeadline(SECOND)).isEqualTo(SECOND);
    peer.pictureAhead(100_000_000);

    peer.turn(SECOND);
    assertThat(peer.nextDeadline(SECOND)).isEqualTo(2 * SECOND);

    // The clock's zero is at half a second: at one second, half a second has passed.
    long ntp = NtpTime.of(WALL.plusMillis(500));
    assertThat(reports())
        .containsExactly(
            "0 at " + ntp + " is " + (int) (picture + 100 * 90),
            SSRC + " at " + ntp + " is " + (int) (sound + 200 * 48));
    agent.forgetSent();
    peer.turn(2 * SECOND - 1);
    assertThat(agent.sent()).isEmpty();
    peer.turn(2 * SECOND);
    assertThat(reports()).hasSize(2);
  }

  private PeerConnection peer(Negotiation negotiation) {
    return new PeerConnection(
        negotiation,
        new PeerConnection.Identity(42, SSRC, FakeDtls.FINGERPRINT),
        new MediaSetup(ReceiveTiming.DEFAULT, new LiveClock(SECOND / 2, WALL), new Random(1)),
        new PeerTransports(agent, new FakeDtls().create(new Unheard()), new NullSrtp()),
        this);
  }

  private PeerConnection connected(Negotiation negotiation, String audio) throws Exception {
    PeerConnection peer = peer(negotiation);
    peer.answer(answer(peer, audio));
    connect(peer);
    return peer;
  }

  private static void connect(PeerConnection peer) {
    peer.pathFound("here", "there");
    peer.transport().keysAgreed(FakeDtls.keys(DtlsEndpoint.DtlsRole.SERVER));
  }

  /** An answer whose audio, which comes first, has this direction. */
  private static SessionDescription answer(PeerConnection peer, String audio) throws Exception {
    String mirrored =
        SdpWriter.write(
            new AnswerPlan(false, Setup.ACTIVE).answer(peer.offer(), REMOTE, FakeDtls.FINGERPRINT));
    return SdpReader.read(mirrored.replaceFirst("a=recvonly", "a=" + audio));
  }

  /** Payload type and SSRC of all RTP packets sent. */
  private List<String> media() throws Exception {
    List<String> media = new ArrayList<>();
    for (byte[] datagram : agent.sent()) {
      if (DatagramKind.of(datagram, 0, datagram.length) == DatagramKind.RTP) {
        RtpPacket packet = parsed(datagram);
        media.add(packet.payloadType() + " ssrc " + packet.ssrc());
      }
    }
    return media;
  }

  private long timestampOf(int payloadType) throws Exception {
    for (byte[] datagram : agent.sent()) {
      RtpPacket packet = parsed(datagram);
      if (packet.payloadType() == payloadType) {
        return packet.timestamp();
      }
    }
    throw new AssertionError("no packet of type " + payloadType);
  }

  private static RtpPacket parsed(byte[] datagram) throws MalformedPacketException {
    RtpPacket packet = new RtpPacket();
    packet.parse(datagram, 0, datagram.length);
    return packet;
  }

  private List<String> reports() throws MalformedPacketException {
    List<String> reports = new ArrayList<>();
    RtcpHandler handler =
        new RtcpHandler() {
          @Override
          public void senderReport(long ssrc, long ntp, int timestamp, long packets, long octets) {
            reports.add(ssrc + " at " + ntp + " is " + timestamp);
          }
        };
    for (byte[] datagram : agent.sent()) {
      RtcpReader.read(datagram, 0, datagram.length, handler);
    }
    return reports;
  }

  @Override
  public void connected(String localAddress, String remoteAddress) {}

  @Override
  public void frame(EncodedFrame frame) {}

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
  public void ended(PeerEnd end, String why) {}
}
