package io.github.kvslocal.sim;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.Said;
import io.github.kvslocal.signaling.SignalingConnection;
import io.github.kvslocal.testpeer.TestMaster;
import io.github.kvslocal.testpeer.TestPeer;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import io.github.kvslocal.testpeer.TestViewer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One participant's socket, joins and peer. Messages take their time on the way. A client keeps its
 * first offer, as the KVS C SDK does, or its last, as the JavaScript SDK does.
 */
final class Visit implements SignalingConnection, TestPeer.Signaling, Outbound.Encoder<Runnable> {
  private static final Duration SIGNALING_DELAY = Duration.ofMillis(20);
  private static final AnswerPlan SPEAKING = new AnswerPlan(true, Setup.ACTIVE);

  private final Participant who;
  private final AnswerPlan plan;
  private final TestPeerRuntime world;
  private final StorageSessions sessions;
  private final ChannelArn channel;
  private final StreamArn stream;
  private final List<EncodedFrame> frames;
  private final CompletableFuture<Void> joined;
  private boolean keepsLast;
  private boolean offered;
  private TestPeer peer;

  /** Of somebody who sends sound, opened and joined; everything else follows as the loop runs. */
  Visit(
      Participant who,
      TestPeerRuntime world,
      StorageSessions sessions,
      ChannelArn channel,
      StreamArn stream,
      List<EncodedFrame> frames) {
    this(who, SPEAKING, world, sessions, channel, stream, frames);
  }

  /** The same of somebody who answers by this plan. */
  Visit(
      Participant who,
      AnswerPlan plan,
      TestPeerRuntime world,
      StorageSessions sessions,
      ChannelArn channel,
      StreamArn stream,
      List<EncodedFrame> frames) {
    this.who = who;
    this.plan = plan;
    this.world = world;
    this.sessions = sessions;
    this.channel = channel;
    this.stream = stream;
    this.frames = frames;
    this.peer = newPeer();
    sessions.signalingOpened(channel, who, this, Said.RECORDED);
    this.joined = sessions.join(channel, stream, who, Said.RECORDED).toCompletableFuture();
  }

  private TestPeer newPeer() {
    return who.equals(Participant.MASTER)
        ? new TestMaster(world, plan, this, frames.iterator())
        : new TestViewer(world, plan, this, frames);
  }

  /** From now on a new offer takes the place of the one before. */
  Visit keepingLast() {
    keepsLast = true;
    return this;
  }

  void joinAgain() {
    sessions.join(channel, stream, who, Said.RECORDED);
  }

  TestPeer peer() {
    return peer;
  }

  boolean connected() {
    return peer.connected().isDone() && !peer.connected().isCompletedExceptionally();
  }

  boolean ended() {
    return peer.ended().isDone();
  }

  /** Why the join was refused; empty if it was not. */
  String refusal() {
    try {
      joined.join();
      return "";
    } catch (CompletionException e) {
      return e.getCause() instanceof RefusedException refused ? refused.explanation() : "" + e;
    }
  }

  /** Says goodbye and closes the socket. */
  void leave() {
    peer.close();
    sessions.signalingClosed(channel, this);
  }

  @Override
  public void send(Outbound message) {
    later(message.encode(this));
  }

  @Override
  public void ping() {
    throw new AssertionError("pinged, although nobody asked for it");
  }

  /** Media goes on without it. */
  @Override
  public void close(CloseCode code, String reason) {
    sessions.signalingClosed(channel, this);
  }

  /** Media goes on without it. */
  @Override
  public void drop(int code, String reason) {
    sessions.signalingClosed(channel, this);
  }

  @Override
  public Runnable sdpOffer(Outbound.SdpOffer offer) {
    return () -> {
      if (offered && !keepsLast) {
        return;
      }
      if (offered) {
        peer.close();
        peer = newPeer();
      }
      offered = true;
      try {
        peer.offer(offer.sdp());
      } catch (MalformedSdpException e) {
        throw new AssertionError(e);
      }
    };
  }

  @Override
  public Runnable iceCandidate(Outbound.IceCandidate candidate) {
    return () -> peer.candidate(candidate.candidate());
  }

  @Override
  public Runnable relayed(Outbound.Relayed message) {
    throw new AssertionError(message);
  }

  @Override
  public Runnable goAway(Outbound.GoAway goodbye) {
    return () -> {};
  }

  @Override
  public Runnable reconnectIceServer(Outbound.ReconnectIceServer request) {
    throw new AssertionError(request);
  }

  @Override
  public Runnable statusResponse(Outbound.StatusResponse response) {
    throw new AssertionError(response);
  }

  @Override
  public void answer(String sdp) {
    say(Said.answer(sdp, "answer"));
  }

  @Override
  public void candidate(String candidate) {
    say(Said.candidate(candidate, ""));
  }

  private void say(Inbound message) {
    later(() -> sessions.signalingReceived(channel, this, message, Said.RECORDED));
  }

  private void later(Runnable message) {
    var unused = world.loop().scheduleAfter(SIGNALING_DELAY, message);
  }
}
