package io.github.kvslocal.session;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is in the storage session of one channel, who is evicted, and when (JoinStorageSession and
 * JoinStorageSessionAsViewer API pages).
 *
 * <p>Time comes first: whatever is due at the instant of an input has to be settled by {@link
 * #elapse} before it.
 *
 * <p>A client keeps either its first or its last offer: the KVS C SDK the first, the JavaScript SDK
 * the last. So an offer that waits for its answer is repeated as it was, with the same peer behind
 * it, and only an answered peer gives way to a new one. AWS does not say how it tells the answers
 * apart. When a repeated offer crosses the answer to the first, a client that keeps the last
 * answers twice, the second time with another connection: as many answers are taken as offers have
 * reached the client, and the last one counts. A peer that is given up unanswered takes what was
 * owed with it, so that a late answer to its offer leaves the peer before it alone.
 *
 * <p>Known limit: if that client's first connection was up already and it says goodbye to it, the
 * peer is gone before the second answer comes, and the client has to join again.
 */
public final class StorageSession {
  private final SessionLimits limits;
  private final ViewerSeats seats;

  /** In the order of their joins; nobody in it is gone. */
  private final Map<Participant, Presence> present = new LinkedHashMap<>();

  private long peers;

  /** When the session has had its length; {@link Instant#MAX} exactly while there is none. */
  private Instant endAt = Instant.MAX;

  /** When the viewers are evicted; {@link Instant#MAX} unless they wait for a master. */
  private Instant evictAt = Instant.MAX;

  /** A session that nobody is in. */
  public StorageSession(SessionLimits limits) {
    this.limits = limits;
    this.seats = new ViewerSeats(limits.viewers(), limits.seatHold());
  }

  /**
   * Admits a participant; every call yields exactly one offer. A viewer counts from here on,
   * connected or not.
   *
   * @param stream where the channel's media is stored at present
   * @throws RefusedException if a viewer finds no seat
   */
  public List<SessionEffect> join(Participant participant, StreamArn stream, Instant now)
      throws RefusedException {
    requireElapsed(now);
    if (participant instanceof Participant.Viewer viewer && !seats.take(viewer.id())) {
      throw new RefusedException(
          Reason.VIEWER_LIMIT,
          ("You have reached the maximum number of viewers connected to the session, which is %d"
                  + " (%s). Join again when a seat is free, or with the client id of one's own seat.")
              .formatted(limits.viewers(), seats.description()));
    }
    Presence presence = present.computeIfAbsent(participant, key -> new Presence());
    PeerId peer = presence.offer(() -> new PeerId(++peers));
    watch(now);
    return List.of(new SessionEffect.SendOffer(peer, participant, stream));
  }

  /**
   * The offer of a peer has gone out to its client, at once or when its socket opened; each time
   * after the first it may be answered once more.
   */
  public void offerDelivered(PeerId peer) {
    present.values().forEach(presence -> presence.delivered(peer));
  }

  /** The peer whose offer waits for this participant's answer. */
  public Optional<PeerId> awaitingAnswer(Participant participant) {
    return Optional.ofNullable(present.get(participant)).flatMap(Presence::awaitingAnswer);
  }

  /** The peer a participant's candidate is meant for: they follow the newest description. */
  public Optional<PeerId> newest(Participant participant) {
    return Optional.ofNullable(present.get(participant)).flatMap(Presence::newest);
  }

  /**
   * An acceptable answer has come: an earlier peer of the same participant gives way. Nothing
   * happens unless the peer's offer waits for it.
   */
  public List<SessionEffect> answered(PeerId peer, Instant now) {
    requireElapsed(now);
    for (Map.Entry<Participant, Presence> entry : present.entrySet()) {
      if (entry.getValue().awaitingAnswer().filter(peer::equals).isPresent()) {
        Optional<PeerId> before = entry.getValue().answered(peer);
        watch(now);
        return before.stream().map(old -> close(old, entry.getKey(), CloseCause.REPLACED)).toList();
      }
    }
    return List.of();
  }

  /**
   * The answered peer of a participant who has got more offers than it has answered, and whose next
   * answer is therefore meant for it.
   */
  public Optional<PeerId> answerableAgain(Participant participant) {
    return Optional.ofNullable(present.get(participant)).flatMap(Presence::answerableAgain);
  }

  /** Another acceptable answer to a repeated offer has come: the last one counts. */
  public List<SessionEffect> answeredAgain(PeerId peer, Instant now) {
    requireElapsed(now);
    for (Map.Entry<Participant, Presence> entry : present.entrySet()) {
      if (entry.getValue().answerableAgain().filter(peer::equals).isPresent()) {
        PeerId successor = new PeerId(++peers);
        var unused = entry.getValue().answered(successor);
        watch(now);
        return List.of(new SessionEffect.RenewPeer(peer, successor, entry.getKey()));
      }
    }
    return List.of();
  }

  /** Media can flow to and from a peer: if it is the master's, nobody waits any more. */
  public void connected(PeerId peer, Instant now) {
    requireElapsed(now);
    present.values().forEach(presence -> presence.connected(peer));
    watch(now);
  }

  /** A peer is gone, for whatever reason; nothing happens if it was closed by the session. */
  public List<SessionEffect> ended(PeerId peer, Instant now) {
    requireElapsed(now);
    List<SessionEffect> effects = new ArrayList<>();
    for (Map.Entry<Participant, Presence> entry : List.copyOf(present.entrySet())) {
      entry.getValue().ended(peer);
      if (entry.getValue().isGone()) {
        effects.addAll(leave(entry.getKey(), now));
      }
    }
    watch(now);
    return effects;
  }

  /** Settles what has fallen due, in order, each at its own instant. */
  public List<SessionEffect> elapse(Instant now) {
    List<SessionEffect> effects = new ArrayList<>();
    for (Instant due = earliest(); !due.isAfter(now); due = earliest()) {
      if (!endAt.isAfter(due)) {
        effects.addAll(end(CloseCause.LENGTH));
        continue;
      }
      seats.release(due).forEach(viewer -> effects.add(new SessionEffect.SeatFreed(viewer)));
      if (!evictAt.isAfter(due)) {
        effects.addAll(evictViewers(due));
      }
      watch(due);
    }
    return effects;
  }

  /** When {@link #elapse} wants to be called; nothing exactly when the session is empty. */
  public Optional<Instant> nextDeadline() {
    Instant next = earliest();
    return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
  }

  /**
   * All that will fall due unless something comes between, in no order; {@link #nextDeadline} is
   * the earliest.
   */
  public List<Deadline> deadlines() {
    List<Deadline> deadlines = new ArrayList<>(seats.deadlines());
    deadlines.add(new Deadline(evictAt, "the viewers, whom no master serves, are evicted"));
    deadlines.add(new Deadline(endAt, "the session has had its length and ends for all"));
    deadlines.removeIf(deadline -> deadline.at().equals(Instant.MAX));
    return deadlines;
  }

  /** Ends the session for all; whoever joins afterwards begins another one. */
  public List<SessionEffect> end(CloseCause cause) {
    if (isEmpty()) {
      return List.of();
    }
    List<SessionEffect> effects = new ArrayList<>();
    present.forEach(
        (participant, presence) ->
            presence.peers().forEach(peer -> effects.add(close(peer, participant, cause))));
    effects.add(new SessionEffect.SessionEnded(cause));
    present.clear();
    // A held seat is one of this session, and goes with it. AWS does not say so.
    seats.clear();
    endAt = Instant.MAX;
    evictAt = Instant.MAX;
    return effects;
  }

  /** Whether nobody is here and no seat is held, so that the session can be forgotten. */
  public boolean isEmpty() {
    return present.isEmpty() && seats.isEmpty();
  }

  private List<SessionEffect> evictViewers(Instant now) {
    List<SessionEffect> effects = new ArrayList<>();
    for (Map.Entry<Participant, Presence> entry : List.copyOf(present.entrySet())) {
      Participant participant = entry.getKey();
      if (participant instanceof Participant.Viewer) {
        entry
            .getValue()
            .peers()
            .forEach(peer -> effects.add(close(peer, participant, CloseCause.MASTER_ABSENT)));
        effects.addAll(leave(participant, now));
      }
    }
    return effects;
  }

  private List<SessionEffect> leave(Participant participant, Instant now) {
    present.remove(participant);
    return participant instanceof Participant.Viewer viewer
        ? List.of(new SessionEffect.SeatHeld(viewer.id(), seats.leave(viewer.id(), now)))
        : List.of();
  }

  /**
   * What follows from who is here. The grace runs exactly while viewers wait: from the first one's
   * join or from the master's leaving until a master connects. AWS does not say when the hour
   * begins; here it is the first join of a session, and a session lasts as long as somebody is in
   * it or a seat is held.
   */
  private void watch(Instant now) {
    endAt = runningIf(!isEmpty(), endAt, now.plus(limits.length()));
    evictAt = runningIf(viewersWait(), evictAt, now.plus(limits.masterlessGrace()));
  }

  private static Instant runningIf(boolean wanted, Instant running, Instant fresh) {
    if (!wanted) {
      return Instant.MAX;
    }
    return running.equals(Instant.MAX) ? fresh : running;
  }

  private boolean viewersWait() {
    Presence master = present.get(Participant.MASTER);
    boolean viewersHere = present.size() > (master == null ? 0 : 1);
    return viewersHere && (master == null || !master.isConnected());
  }

  private Instant earliest() {
    return Collections.min(List.of(endAt, evictAt, seats.nextFree()));
  }

  private static SessionEffect close(PeerId peer, Participant whose, CloseCause cause) {
    return new SessionEffect.ClosePeer(peer, whose, cause);
  }

  private void requireElapsed(Instant now) {
    if (!earliest().isAfter(now)) {
      throw new IllegalStateException("what fell due at " + earliest() + " is not settled");
    }
  }
}
