package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.FakeDtls;
import io.github.kvslocal.peer.PeerConnection;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import io.github.kvslocal.session.PeerId;
import io.github.kvslocal.session.SessionLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerDriverTest implements PeerConnection.Observer {
  private static final Duration HANDSHAKE = SessionLimits.DOCUMENTED.handshake();
  private static final LiveClock CLOCK = new LiveClock(0, Instant.EPOCH);
  private static final Duration ALMOST = HANDSHAKE.minusNanos(1);
  private static final IceCredentials REMOTE = new IceCredentials("them", "theirPasswordOf22Chars");

  private final TestWorld world = new TestWorld();
  private final List<String> events = new ArrayList<>();
  private int frames;
  private final PeerDriver driver =
      new PeerDriver(
          new PeerId(1),
          Participant.MASTER,
          new PeerWorld(world.runtime(), world.loop, CLOCK),
          new ChannelNotes(TestWorld.channel("door"), world.journal, world.loop)
              .of(new PeerId(1), Participant.MASTER),
          this);

  @Test
  void aPeerThatNobodyAnswersIsGivenUp() {
    world.loop.advance(ALMOST);
    assertThat(events).isEmpty();

    world.loop.advance(Duration.ofNanos(1));

    assertThat(events)
        .containsExactly(
            "HANDSHAKE_TIMEOUT: not connected 30 s after its offer: the offer was never answered");
    assertThat(world.ice.last().closed()).isTrue();
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void thePeerThatIsGivenUpSaysHowFarItCame() throws Exception {
    answer();
    world.ice.last().select();

    world.loop.advance(HANDSHAKE);

    assertThat(events).hasSize(1);
    assertThat(events.get(0)).contains("ICE found a path, but the DTLS handshake did not finish");
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void anOfferThatIsSentAgainMayWaitAsLongAsTheFirst() {
    world.loop.advance(ALMOST);
    driver.offer();

    world.loop.advance(ALMOST);
    assertThat(events).isEmpty();
    world.loop.advance(Duration.ofNanos(1));

    assertThat(events).hasSize(1);
    assertThat(events.get(0)).contains("30 s after its offer: the offer was never answered");
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void anAnswerHasAllItsTimeToConnect() throws Exception {
    world.loop.advance(ALMOST);
    answer();

    world.loop.advance(ALMOST);
    assertThat(events).isEmpty();
    world.loop.advance(Duration.ofNanos(1));

    assertThat(events).hasSize(1);
    assertThat(events.get(0)).contains("30 s after its answer: the answer came, but");
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void aPeerThatConnectsAtTheLastMomentIsKept() throws Exception {
    world.loop.advance(ALMOST);
    connect();

    world.loop.advance(Duration.ofMinutes(10));

    assertThat(events).containsExactly("connected");
  }

  @Test
  void thePeerHasItsTurnWhenItsDeadlineComes() throws Exception {
    connect();
    new ClipSender(world.loop, world.ice.last()).playTo(MediaTime.ofMillis(500));
    world.ice.last().forgetSent();

    world.loop.advance(Duration.ofSeconds(3));

    // RFC 3550 section 6.4.2: receiver reports, one a second.
    assertThat(world.ice.last().sent())
        .filteredOn(compound -> (compound[1] & 0xFF) == 201)
        .hasSizeBetween(2, 4);
    assertThat(frames).isPositive();
  }

  @Test
  void nothingWaitsAfterTheEnd() throws Exception {
    connect();
    new ClipSender(world.loop, world.ice.last()).playTo(MediaTime.ofMillis(1500));
    assertThat(world.loop.alarms()).isPositive();

    driver.end(PeerEnd.SHUT_DOWN, "over");

    assertThat(world.loop.alarms()).isZero();
    assertThat(events).containsExactly("connected", "SHUT_DOWN: over");
    assertThat(world.ice.last().closed()).isTrue();
    assertThat(world.dtls.last().closed()).isTrue();
    assertThat(world.srtp.created().get(0).closed()).isTrue();
  }

  @Test
  void whatWasOnItsWayWhenItEndedIsIgnored() throws Exception {
    answer();
    world.ice.last().select();
    world.dtls.last().establish();
    world.ice.last().deliver(new byte[] {(byte) 128, 126, 0, 0});
    world.ice.last().fail("late");

    driver.end(PeerEnd.SHUT_DOWN, "over");
    world.loop.settle();

    assertThat(events).containsExactly("SHUT_DOWN: over");
    assertThat(world.loop.alarms()).isZero();
  }

  @Test
  void aBrokenTransportEndsThePeer() throws Exception {
    connect();

    world.ice.last().fail("no consent");
    world.loop.settle();

    assertThat(events).containsExactly("connected", "ICE_FAILED: no consent");
    assertThat(world.loop.alarms()).isZero();
  }

  private void answer() throws UnacceptableAnswerException {
    driver.answer(
        new AnswerPlan(true, Setup.ACTIVE).answer(driver.offer(), REMOTE, FakeDtls.FINGERPRINT));
  }

  private void connect() throws UnacceptableAnswerException {
    answer();
    world.ice.last().select();
    world.dtls.last().establish();
    world.loop.settle();
  }

  @Override
  public void connected(String localAddress, String remoteAddress) {
    events.add("connected");
  }

  @Override
  public void frame(EncodedFrame frame) {
    frames++;
  }

  @Override
  public void handedOut() {}

  @Override
  public void liveFrame(EncodedFrame frame) {}

  @Override
  public void liveGap(Track track) {}

  @Override
  public void keyFrameWanted() {}

  @Override
  public void unannouncedMedia(int payloadType) {}

  @Override
  public void ended(PeerEnd end, String why) {
    events.add(end + ": " + why);
  }
}
