package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.MediaSetup;
import io.github.kvslocal.peer.Negotiation;
import io.github.kvslocal.peer.PeerConnection;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.peer.PeerProgress;
import io.github.kvslocal.peer.PeerTransports;
import io.github.kvslocal.peer.SrtpKeys;
import io.github.kvslocal.rtp.FeedbackHabits;
import io.github.kvslocal.rtp.ReceiveTiming;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.rtp.SenderStatistics;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.OfferPlan;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import io.github.kvslocal.session.PeerId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Drives one peer: gives it its turn after every input and when its next deadline has come. */
final class PeerDriver {
  private final PeerId id;
  private final Participant whose;
  private final PeerWorld world;
  private final PeerNotes notes;
  private final TrackWatch tracks;
  private final SessionLoop loop;
  private final PeerConnection.Identity identity;
  private final LoopTransports transports;
  private final PeerConnection peer;
  private final Instant since;
  private SessionLoop.Alarm handshakeAlarm = () -> {};
  private SessionLoop.Alarm alarm = () -> {};
  private long alarmAt = Long.MAX_VALUE;
  private boolean delivered;
  private String localAddress = "";
  private String remoteAddress = "";

  /** A peer with parameters of its own. */
  PeerDriver(
      PeerId id,
      Participant whose,
      PeerWorld world,
      PeerNotes notes,
      PeerConnection.Observer observer) {
    this(
        id,
        whose,
        world,
        notes,
        observer,
        new PeerConnection.Identity(
            world.runtime().random().nextLong(1, Long.MAX_VALUE),
            world.runtime().random().nextInt() & 0xFFFF_FFFFL,
            world.runtime().dtls().localFingerprint()),
        listener -> world.runtime().ice().open(IceTransport.IceRole.CONTROLLING, listener));
  }

  private PeerDriver(
      PeerId id,
      Participant whose,
      PeerWorld world,
      PeerNotes notes,
      PeerConnection.Observer observer,
      PeerConnection.Identity identity,
      Function<IceTransport.Listener, IceTransport> agent) {
    EmulatorRuntime runtime = world.runtime();
    this.id = id;
    this.whose = whose;
    this.world = world;
    this.notes = notes;
    this.tracks = new TrackWatch(notes);
    this.loop = world.loop();
    this.since = loop.now();
    this.identity = identity;
    this.transports = new LoopTransports(loop, agent, runtime.dtls(), new Events());
    this.peer =
        new PeerConnection(
            whose.equals(Participant.MASTER)
                ? Negotiation.withMaster(OfferPlan.DEFAULT)
                : Negotiation.withViewer(OfferPlan.DEFAULT),
            identity,
            new MediaSetup(
                ReceiveTiming.DEFAULT.withKeyFrameInterval(runtime.fragments().target()),
                world.clock(),
                runtime.keepsLossyPictures(),
                runtime.random()),
            new PeerTransports(
                transports.ice(), new NotedDtls(transports.dtls(), notes), runtime.srtp()),
            observer);
    restartHandshakeAlarm();
  }

  /** Another peer behind the same offer; this one has to have ended. */
  PeerDriver successor(PeerId successorId, PeerNotes its, PeerConnection.Observer observer) {
    IceCredentials credentials = transports.ice().localCredentials();
    return new PeerDriver(
        successorId,
        whose,
        world,
        its,
        observer,
        identity,
        listener ->
            world.runtime().ice().reopen(IceTransport.IceRole.CONTROLLING, credentials, listener));
  }

  PeerId id() {
    return id;
  }

  Participant whose() {
    return whose;
  }

  /** What happens with it goes here. */
  PeerNotes notes() {
    return notes;
  }

  /** The offer, to be sent now: the time to answer it begins anew. The same at every call. */
  SessionDescription offer() {
    restartHandshakeAlarm();
    return peer.offer();
  }

  /**
   * The offer may have waited, and goes out now: the time to answer it begins anew. Who gets it
   * again may be another than the one who got it before, and has begun a handshake.
   */
  void offerDelivered() {
    delivered = true;
    peer.transport().forgetEarly();
    restartHandshakeAlarm();
  }

  /** Our candidates, to be trickled after the offer. */
  List<IceCandidate> candidates() {
    return peer.candidates();
  }

  /** Looks at an answer that may be taken by a {@link #successor}. */
  void check(SessionDescription description) throws UnacceptableAnswerException {
    peer.check(description);
  }

  /** Takes the answer: the time to connect begins. It has to have been {@link #check checked}. */
  void answer(SessionDescription description) throws UnacceptableAnswerException {
    notes.write(Event.ICE_CHECKING, "ICE checks which pairs of addresses work");
    peer.answer(description);
    restartHandshakeAlarm();
    turn();
  }

  /** Takes a trickled candidate; returns whether there was room for it. */
  boolean remoteCandidate(IceCandidate candidate) {
    boolean taken = peer.remoteCandidate(candidate);
    turn();
    return taken;
  }

  /** Sends a frame, at its time on the live clock; see {@link PeerConnection#send}. */
  boolean send(EncodedFrame frame) {
    long now = loop.nanoTime();
    boolean sent = peer.send(frame, now);
    setAlarm(now);
    return sent;
  }

  /** See {@link PeerConnection#pictureAhead}. */
  void pictureAhead(long nanos) {
    peer.pictureAhead(nanos);
  }

  /**
   * Wants a key frame of the participant soon. The peer has its turn later, since this may be
   * called in the middle of one.
   */
  void requestKeyFrame() {
    long now = loop.nanoTime();
    peer.requestKeyFrame(now);
    setAlarm(now);
  }

  /** See {@link PeerConnection#feedback}. */
  void feedback(FeedbackHabits habits) {
    long now = loop.nanoTime();
    peer.feedback(habits);
    setAlarm(now);
  }

  /** See {@link PeerConnection#listens}. */
  boolean listens() {
    return peer.listens();
  }

  /**
   * What has to be added to the live time of its sound, in nanoseconds, to have its time for good;
   * as long as no sound of its is known, the same of its pictures.
   */
  OptionalLong liveToMedia() {
    OptionalLong ofSound = peer.liveToMedia(Track.AUDIO);
    return ofSound.isPresent() ? ofSound : peer.liveToMedia(Track.VIDEO);
  }

  /** See {@link PeerConnection#liveSkew}. */
  OptionalLong liveSkew() {
    return peer.liveSkew();
  }

  /** What was sent so far; nothing before the answer. */
  Optional<SenderStatistics> sent() {
    return peer.sent();
  }

  /** What was received so far; nothing before the answer. */
  Optional<ReceiverStatistics> statistics() {
    return peer.statistics();
  }

  /** How far it has come, for users to be told. */
  SessionView.PeerView view(StreamArn stream) {
    long video = statistics().map(received -> received.video().packets()).orElse(0L);
    long audio = statistics().map(received -> received.audio().packets()).orElse(0L);
    return new SessionView.PeerView(
        whose,
        id.number(),
        stage(video + audio > 0),
        since,
        localAddress,
        remoteAddress,
        stream,
        video,
        audio);
  }

  private SessionView.Stage stage(boolean hasMedia) {
    return switch (peer.progress()) {
      case OFFERED -> delivered ? SessionView.Stage.OFFERED : SessionView.Stage.JOINED;
      case ANSWERED -> SessionView.Stage.ICE;
      case PATH_FOUND -> SessionView.Stage.DTLS;
      case CONNECTED, ENDED -> hasMedia ? SessionView.Stage.MEDIA : SessionView.Stage.CONNECTED;
    };
  }

  /** See {@link PeerConnection#parameterSets}. */
  ByteBuffer parameterSets() {
    return peer.parameterSets();
  }

  /** Whether the answer announced audio of the participant's own. */
  boolean audioNegotiated() {
    return peer.audioNegotiated();
  }

  /** Datagrams of its that were forged, of no kind, too early, too long or too many. */
  long droppedDatagrams() {
    return peer.transport().dropped() + transports.dropped();
  }

  /** Tells what has become of its tracks, when it has ended. */
  void tellTracks() {
    peer.statistics().ifPresent(tracks::ended);
  }

  /** Says goodbye and frees everything; the observer is told. */
  void end(PeerEnd end, String why) {
    alarm.cancel();
    handshakeAlarm.cancel();
    peer.end(end, why, loop.nanoTime());
  }

  /** On media time: moving the policy clock does not move this. */
  private void restartHandshakeAlarm() {
    handshakeAlarm.cancel();
    handshakeAlarm =
        loop.scheduleAfter(world.runtime().sessions().handshake(), this::handshakeOverdue);
  }

  private void handshakeOverdue() {
    PeerProgress progress = peer.progress();
    if (progress != PeerProgress.CONNECTED) {
      end(
          PeerEnd.HANDSHAKE_TIMEOUT,
          "not connected %d s after its %s: %s"
              .formatted(
                  world.runtime().sessions().handshake().toSeconds(),
                  progress == PeerProgress.OFFERED ? "offer" : "answer",
                  progress.description()));
    }
  }

  /** After every input: what is ready goes out, and the next alarm is set. */
  private void turn() {
    long now = loop.nanoTime();
    peer.turn(now);
    setAlarm(now);
  }

  private void setAlarm(long now) {
    long deadline = peer.nextDeadline(now);
    if (deadline >= alarmAt) {
      return;
    }
    alarm.cancel();
    alarmAt = deadline;
    alarm = loop.scheduleAfter(Duration.ofNanos(Math.max(0, deadline - now)), this::alarmHasRung);
  }

  private void alarmHasRung() {
    alarmAt = Long.MAX_VALUE;
    turn();
  }

  /** What the transports report; the peer has its turn after each. */
  private final class Events implements LoopTransports.Host {
    @Override
    public void pathFound(String local, String remote) {
      localAddress = local;
      remoteAddress = remote;
      if (peer.progress() == PeerProgress.ANSWERED) {
        notes.write(
            Event.ICE_CONNECTED,
            "ICE has selected the pair of " + local + " and " + remote,
            Map.of("local", local, "remote", remote));
      }
      peer.pathFound(local, remote);
      turn();
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length, long arrivalNanos) {
      peer.transport().datagram(buffer, offset, length, arrivalNanos);
    }

    @Override
    public void batchRead() {
      tracks.look(PeerDriver.this::statistics);
      turn();
    }

    @Override
    public void handshakeMessage(byte[] datagram) {
      peer.transport().handshakeMessage(datagram);
    }

    @Override
    public void keysAgreed(SrtpKeys keys) {
      if (peer.progress() != PeerProgress.ENDED) {
        notes.write(
            Event.DTLS_FINISHED,
            "the handshake is done, with " + keys.profile(),
            Map.of("profile", keys.profile().toString()));
      }
      peer.transport().keysAgreed(keys);
      turn();
    }

    @Override
    public void broken(PeerEnd cause, String why) {
      if (peer.progress() != PeerProgress.ENDED) {
        if (cause == PeerEnd.ICE_FAILED) {
          notes.write(Event.ICE_FAILED, why);
        } else if (cause == PeerEnd.DTLS_FAILED) {
          notes.write(Event.DTLS_FAILED, why);
        }
      }
      end(cause, why);
    }
  }
}
