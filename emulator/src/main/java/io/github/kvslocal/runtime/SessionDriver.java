package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import io.github.kvslocal.session.CloseCause;
import io.github.kvslocal.session.PeerId;
import io.github.kvslocal.session.SessionEffect;
import io.github.kvslocal.session.StorageSession;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.StorageOffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Drives the storage session of one channel: tells it the time, performs its effects on sockets and
 * peers, and comes back at its next deadline. Everything here runs on the channel's loop.
 */
final class SessionDriver implements SessionEffect.Performer, Peers.Host {
  private final Duration handshake;
  private final SessionLoop loop;
  private final Sockets sockets;
  private final ChannelNotes notes;
  private final Runnable onQuiet;
  private final StorageSession session;
  private final Peers peers;

  /** Effects that are not performed yet: performing one may bring about others. */
  private final Queue<SessionEffect> owed = new ArrayDeque<>();

  private boolean performing;

  /** Whether there was a storage session, whose id the next one may not have. */
  private boolean joinedBefore;

  /** Why media storage ended last, for a person to read. */
  private String storageEnd = CloseCause.STORAGE_ENDED.description();

  /** One for each thing that falls due, so that users are told of all. */
  private List<SessionLoop.Alarm> alarms = List.of();

  /**
   * @param onQuiet run on the loop whenever a peer has gone, its recording is stored or a wait is
   *     over
   */
  SessionDriver(
      EmulatorRuntime world,
      SessionLoop loop,
      Sockets sockets,
      ChannelNotes notes,
      ChannelFaults faults,
      Runnable onQuiet) {
    this.handshake = world.sessions().handshake();
    this.loop = loop;
    this.sockets = sockets;
    this.notes = notes;
    this.onQuiet = onQuiet;
    this.session = new StorageSession(world.sessions());
    this.peers = new Peers(world, loop, notes, faults, new Recordings(loop, onQuiet), this);
  }

  void join(StreamArn stream, Participant participant) throws RefusedException {
    Instant now = settle();
    boolean begins = joinedBefore && session.isEmpty();
    try {
      List<SessionEffect> offer = session.join(participant, stream, now);
      joinedBefore = true;
      if (begins) {
        notes.nextSession();
      }
      notes.write(participant, Event.JOINED, "the join is accepted");
      perform(offer);
    } catch (RefusedException e) {
      notes.write(participant, Event.JOIN_REFUSED, e.explanation());
      throw e;
    } finally {
      setAlarms();
    }
  }

  /** Ends the session for all, since its channel's media has nowhere to go any more. */
  void storageEnded(String why) {
    storageEnd = why;
    turn(now -> session.end(CloseCause.STORAGE_ENDED));
    onQuiet.run();
  }

  /**
   * Takes a participant's answer to the newest offer.
   *
   * @throws RefusedException if it cannot be read or accepted
   */
  void answer(Participant from, String sdp) throws RefusedException {
    turn(now -> List.of());
    Optional<PeerDriver> waiting = session.awaitingAnswer(from).flatMap(peers::find);
    Optional<PeerDriver> again = session.answerableAgain(from).flatMap(peers::find);
    PeerDriver peer = waiting.or(() -> again).orElse(null);
    if (peer == null) {
      notes.write(from, Event.ANSWER_IGNORED, "an SDP_ANSWER came while no offer waited for one");
      return;
    }
    try {
      SessionDescription answer = SdpReader.read(sdp);
      if (waiting.isPresent()) {
        peer.check(answer);
        peer.notes().write(Event.ANSWERED, "the answer is accepted");
        peer.answer(answer);
        turn(now -> session.answered(peer.id(), now));
      } else {
        peer.check(answer);
        turn(now -> session.answeredAgain(peer.id(), now));
        answerAgain(from, answer);
      }
    } catch (MalformedSdpException | UnacceptableAnswerException e) {
      String complaint = String.valueOf(e.getMessage());
      peer.notes().write(Event.ANSWER_REFUSED, complaint);
      throw new RefusedException(Reason.INVALID_ARGUMENT, complaint);
    }
  }

  /** The successor takes the answer. */
  private void answerAgain(Participant from, SessionDescription answer)
      throws UnacceptableAnswerException {
    Optional<PeerDriver> successor = session.newest(from).flatMap(peers::find);
    if (successor.isPresent()) {
      successor
          .get()
          .notes()
          .write(
              Event.ANSWERED,
              "a second answer to an offer that was sent twice is accepted instead of the first");
      successor.get().answer(answer);
    }
  }

  /** Takes a participant's trickled candidate; one that is of no use is noted. */
  void candidate(Participant from, String attribute) {
    if (attribute.isEmpty()) {
      // The end of candidates: nothing waits for it.
      return;
    }
    Optional<IceCandidate> parsed = IceCandidate.parse(attribute);
    Optional<PeerDriver> peer = session.newest(from).flatMap(peers::find);
    if (parsed.isEmpty()) {
      ignored(from, "an ICE_CANDIDATE is none that RFC 8839 section 5.1 knows");
    } else if (peer.isEmpty()) {
      ignored(from, "an ICE_CANDIDATE came while there was neither an offer nor a connection");
    } else if (!peer.get().remoteCandidate(parsed.get())) {
      ignored(from, "too many candidates came before the answer");
    }
  }

  private void ignored(Participant from, String why) {
    notes.write(from, Event.CANDIDATE_IGNORED, why);
  }

  @Override
  public void sendOffer(PeerId id, Participant to, StreamArn stream) {
    PeerDriver peer = peers.open(id, to, stream);
    List<Outbound.IceCandidate> candidates = new ArrayList<>();
    for (IceCandidate candidate : peer.candidates()) {
      candidates.add(new Outbound.IceCandidate(candidate.toString(), 0));
    }
    boolean sent =
        sockets.offer(
            new StorageOffer(
                id.number(),
                to,
                new Outbound.SdpOffer(SdpWriter.write(peer.offer())),
                candidates,
                handshake));
    if (!sent) {
      peer.notes().write(Event.OFFER_WAITS, "the offer waits for the socket of the " + to);
    }
  }

  /** A peer's offer has gone out to its client, at once or after it has waited. */
  void offerSent(PeerId id) {
    session.offerDelivered(id);
    peers
        .find(id)
        .ifPresent(
            peer -> {
              peer.offerDelivered();
              peer.notes()
                  .write(Event.OFFER_SENT, "the offer is on its way to the " + peer.whose());
            });
  }

  @Override
  public void renewPeer(PeerId id, PeerId successor, Participant whose) {
    peers.renew(id, successor, whose);
  }

  @Override
  public void closePeer(PeerId id, Participant whose, CloseCause cause) {
    if (cause == CloseCause.MASTER_ABSENT) {
      notes.write(whose, Event.EVICTED, cause.description());
    }
    peers.find(id).ifPresent(peer -> peer.end(endOf(cause), description(cause)));
  }

  private static PeerEnd endOf(CloseCause cause) {
    return switch (cause) {
      case REPLACED -> PeerEnd.REPLACED;
      case MASTER_ABSENT -> PeerEnd.EVICTED;
      case LENGTH, STORAGE_ENDED -> PeerEnd.SESSION_ENDED;
      case SHUT_DOWN -> PeerEnd.SHUT_DOWN;
    };
  }

  private String description(CloseCause cause) {
    return cause == CloseCause.STORAGE_ENDED ? storageEnd : cause.description();
  }

  @Override
  public void seatHeld(ClientId viewer, Instant until) {
    notes.write(
        new Participant.Viewer(viewer), Event.SEAT_HELD, "the seat is held for it until " + until);
  }

  @Override
  public void seatFreed(ClientId viewer) {
    notes.write(new Participant.Viewer(viewer), Event.SEAT_FREED, "the seat is held no longer");
  }

  @Override
  public void sessionEnded(CloseCause cause) {
    notes.write(Event.SESSION_ENDED, description(cause));
  }

  @Override
  public void connected(PeerId peer) {
    turn(
        now -> {
          session.connected(peer, now);
          return List.of();
        });
  }

  @Override
  public void ended(PeerId peer) {
    sockets.withdrawOffer(peer);
    try {
      turn(now -> session.ended(peer, now));
    } finally {
      onQuiet.run();
    }
  }

  /**
   * Ends the session and every peer; one that fails at its end does not keep the others.
   *
   * @param onBug told of each that fails
   */
  void end(String why, Consumer<Throwable> onBug) {
    owed.clear();
    // Its effects would close the same peers, but only those that it knows.
    session.end(CloseCause.SHUT_DOWN);
    setAlarms();
    peers.endAll(why, onBug);
    onQuiet.run();
  }

  /** Who is in the session, and how far each has come. */
  List<SessionView.PeerView> views() {
    return peers.views();
  }

  /** Rules of faults have come or gone. */
  void rulesChanged() {
    peers.rulesChanged();
  }

  /** Completes when the fate of everything that was recorded so far is known. */
  CompletableFuture<Void> stored() {
    return peers.stored();
  }

  boolean isUnused() {
    return peers.isEmpty() && session.isEmpty();
  }

  /** An input with its instant. */
  private interface Input {
    List<SessionEffect> at(Instant now);
  }

  /** Time comes first, then the input. */
  private void turn(Input input) {
    perform(input.at(settle()));
    setAlarms();
  }

  /** Lets everything happen that has fallen due; returns the instant until which it has. */
  private Instant settle() {
    Instant now = loop.now();
    perform(session.elapse(now));
    return now;
  }

  /** In order, also where performing one brings about others. */
  private void perform(List<SessionEffect> effects) {
    owed.addAll(effects);
    if (performing) {
      return;
    }
    performing = true;
    try {
      for (SessionEffect effect = owed.poll(); effect != null; effect = owed.poll()) {
        effect.perform(this);
      }
    } finally {
      performing = false;
    }
  }

  private void setAlarms() {
    alarms.forEach(SessionLoop.Alarm::cancel);
    alarms =
        session.deadlines().stream()
            .map(each -> loop.schedule(each.at(), each.what(), this::alarmHasRung))
            .toList();
  }

  private void alarmHasRung() {
    turn(now -> List.of());
    onQuiet.run();
  }
}
