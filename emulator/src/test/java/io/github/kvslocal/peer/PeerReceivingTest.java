package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.rtp.MediaSender;
import io.github.kvslocal.rtp.PacketSink;
import io.github.kvslocal.rtp.ReceiveTiming;
import io.github.kvslocal.rtp.SendParameters;
import io.github.kvslocal.rtp.SendTrack;
import io.github.kvslocal.rtp.TrackFormat;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.OfferPlan;
import io.github.kvslocal.sdp.Setup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is received of a peer: what its answer announces, and nothing else. */
class PeerReceivingTest implements PeerConnection.Observer, PacketSink {
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");
  private static final EncodedFrame PICTURE = Clip.video().get(0);
  private static final EncodedFrame SOUND = Clip.audio().get(0);
  private static final long LATER = 200_000_000L;

  private final List<Track> received = new ArrayList<>();
  private final List<Integer> unannounced = new ArrayList<>();
  private final List<byte[]> packets = new ArrayList<>();

  @Test
  void theSoundOfAViewerThatAnnouncedNoneIsDropped() throws Exception {
    PeerConnection peer = connected(Negotiation.withViewer(OfferPlan.DEFAULT), false);

    send(peer, SOUND, SOUND);

    assertThat(received).isEmpty();
    assertThat(unannounced).containsExactly(111);
    assertThat(peer.statistics().orElseThrow().unknownPackets()).isEqualTo(2);
  }

  @Test
  void thePictureOfAViewerIsDropped() throws Exception {
    PeerConnection peer = connected(Negotiation.withViewer(OfferPlan.DEFAULT), true);

    send(peer, PICTURE, SOUND, PICTURE);

    assertThat(received).containsExactly(Track.AUDIO);
    assertThat(unannounced).containsExactly(126);
    assertThat(peer.statistics().orElseThrow().unknownPackets()).isEqualTo(2);
    assertThat(peer.statistics().orElseThrow().keyFrameRequests()).isZero();
  }

  @Test
  void theSoundOfAMasterThatAnnouncedNoneIsDropped() throws Exception {
    PeerConnection peer = connected(Negotiation.withMaster(OfferPlan.DEFAULT), false);

    send(peer, PICTURE, SOUND);

    assertThat(received).containsExactly(Track.VIDEO);
    assertThat(unannounced).containsExactly(111);
  }

  @Test
  void whatWasAnnouncedIsNothingToTellOf() throws Exception {
    PeerConnection peer = connected(Negotiation.withMaster(OfferPlan.DEFAULT), true);

    send(peer, PICTURE, SOUND);

    assertThat(received).containsExactlyInAnyOrder(Track.VIDEO, Track.AUDIO);
    assertThat(unannounced).isEmpty();
    assertThat(peer.statistics().orElseThrow().unknownPackets()).isZero();
  }

  private PeerConnection connected(Negotiation negotiation, boolean sendsAudio) throws Exception {
    PeerConnection peer =
        new PeerConnection(
            negotiation,
            new PeerConnection.Identity(42, 4711, FakeDtls.FINGERPRINT),
            new MediaSetup(ReceiveTiming.DEFAULT, new LiveClock(0, Instant.EPOCH), new Random(1)),
            new PeerTransports(
                new FakeIce().open(IceTransport.IceRole.CONTROLLING, new Unheard()),
                new FakeDtls().create(new Unheard()),
                new NullSrtp()),
            this);
    peer.answer(
        new AnswerPlan(sendsAudio, Setup.ACTIVE)
            .answer(peer.offer(), REMOTE, FakeDtls.FINGERPRINT));
    peer.pathFound("here", "there");
    peer.transport().keysAgreed(FakeDtls.keys(DtlsEndpoint.DtlsRole.SERVER));
    return peer;
  }

  /** Whatever was announced. */
  private void send(PeerConnection peer, EncodedFrame... frames) {
    MediaSender sender =
        new MediaSender(
            new SendParameters(
                new SendTrack(new TrackFormat(126, 127, true, "1"), 1, 2, 5, 7),
                new SendTrack(new TrackFormat(111, TrackFormat.NONE, false, "0"), 3, 4, 5, 7),
                new HeaderExtensions(3, 4),
                "sender",
                Instant.EPOCH));
    for (EncodedFrame frame : frames) {
      sender.send(frame, this);
    }
    packets.forEach(packet -> peer.transport().datagram(packet, 0, packet.length, 0));
    peer.turn(LATER);
  }

  @Override
  public void rtp(byte[] buffer, int offset, int length) {
    packets.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void rtcp(byte[] buffer, int offset, int length) {}

  @Override
  public void liveFrame(EncodedFrame frame) {
    received.add(frame.track());
  }

  @Override
  public void unannouncedMedia(int payloadType) {
    unannounced.add(payloadType);
  }

  @Override
  public void connected(String localAddress, String remoteAddress) {}

  @Override
  public void frame(EncodedFrame frame) {}

  @Override
  public void handedOut() {}

  @Override
  public void liveGap(Track track) {}

  @Override
  public void keyFrameWanted() {}

  @Override
  public void ended(PeerEnd end, String why) {}
}
