package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.signaling.SignalingEffect.Close;
import io.github.kvslocal.signaling.SignalingEffect.FailHeldOffer;
import io.github.kvslocal.signaling.SignalingEffect.Note;
import io.github.kvslocal.signaling.SignalingEffect.Ping;
import io.github.kvslocal.signaling.SignalingEffect.Send;
import io.github.kvslocal.signaling.SignalingEffect.ToStorage;
import io.github.kvslocal.signaling.SignalingEffect.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signaling of one channel: who is connected, who hears what, what waits for whom and how long.
 *
 * <p>Every event tells the time and returns what is to be done, in this order; after each, {@link
 * #nextDeadline} says when {@link #onDeadline} has to be called.
 */
public final class ChannelSignaling {

  private static final String WHY_LOST =
      "the channel has media storage, so the storage session offers and viewers answer; call"
          + " JoinStorageSessionAsViewer, or disable media storage for peer-to-peer calls";

  private final SignalingLimits limits;
  private final Roster roster;
  private final Addressing addressing;
  private final Delivery delivery;
  private final HeldOffers heldOffers;

  /** What the newest event said of the channel. */
  private ChannelFacts facts = ChannelFacts.DEFAULT;

  /** A channel with nobody in it. */
  public ChannelSignaling(SignalingLimits limits) {
    this.limits = limits;
    this.roster = new Roster(limits);
    this.addressing = new Addressing(roster);
    this.delivery = new Delivery(roster, limits.waiting());
    this.heldOffers = new HeldOffers(limits.heldOffers(), roster, delivery);
  }

  /**
   * Decides on an upgrade (ConnectAsMaster, ConnectAsViewer pages). A viewer's place is kept for a
   * moment, until its socket is open.
   */
  public void admit(Participant participant, Instant now) throws RefusedException {
    roster.admit(participant, now);
  }

  /** An upgrade that was admitted has failed: its place is free for others at once. */
  public void withdraw(Participant participant) {
    roster.withdraw(participant);
  }

  /** A socket has opened: it is the newest of its participant, and what waited goes over it. */
  public List<SignalingEffect> opened(
      ConnectionId id, Participant participant, ChannelFacts channel, Instant now) {
    facts = channel;
    List<SignalingEffect> effects = new ArrayList<>();
    boolean hasPlace = roster.hasPlace(participant);
    Optional<Connection> older = roster.add(id, participant, now);
    if (!hasPlace) {
      roster.connection(id).ifPresent(roster::closing);
      effects.add(new Close(id, CloseCode.POLICY_VIOLATION, "too many viewers are connected"));
      return effects;
    }
    effects.add(new Note(participant, "signaling-opened", "the signaling socket is open"));
    older.ifPresent(replaced -> replace(replaced, effects));
    if (facts.storageEnabled() && participant.equals(Participant.MASTER)) {
      loseWaitingOffers(effects);
    }
    delivery.flush(participant, id, effects);
    return effects;
  }

  private void replace(Connection older, List<SignalingEffect> effects) {
    switch (limits.older()) {
      case CLOSE -> {
        roster.closing(older);
        effects.add(
            new Close(
                older.id(),
                CloseCode.NORMAL,
                "a newer connection of the same participant has taken over"));
      }
      case LEAVE -> {
        for (Connection outlived : roster.allButNewestTwo(older.participant())) {
          roster.closing(outlived);
          effects.add(
              new Close(
                  outlived.id(),
                  CloseCode.NORMAL,
                  "two newer connections of the same participant have taken over"));
        }
      }
    }
  }

  /** A socket has closed, by whomever; media goes on. */
  public List<SignalingEffect> closed(ConnectionId id) {
    return roster
        .remove(id)
        .<List<SignalingEffect>>map(participant -> List.of(closedNote(participant, "")))
        .orElse(List.of());
  }

  private static SignalingEffect closedNote(Participant participant, String why) {
    return new Note(
        participant,
        "signaling-closed",
        "the signaling socket is closed" + why + "; media goes on");
  }

  /** A ping or pong has come. AWS does not say whether these count as activity; here they do. */
  public void active(ConnectionId id, Instant now) {
    roster.connection(id).ifPresent(connection -> connection.active(now));
  }

  /** A message has come. */
  public List<SignalingEffect> received(
      ConnectionId id, Inbound message, ChannelFacts channel, Instant now) {
    facts = channel;
    List<SignalingEffect> effects = new ArrayList<>();
    roster.connection(id).ifPresent(from -> receive(from, message, now, effects));
    return effects;
  }

  private void receive(
      Connection from, Inbound message, Instant now, List<SignalingEffect> effects) {
    if (!roster.isNewest(from)) {
      effects.add(
          new Note(
              from.participant(),
              "message-ignored",
              "a message came over a socket that a newer one has replaced or that is closing"));
      return;
    }
    from.active(now);
    try {
      message.deliver(
          new Inbound.Receiver() {
            @Override
            public void message(Inbound.Message readable) throws RefusedException {
              route(from, readable, now, effects);
            }

            @Override
            public void unreadable(Inbound.Unreadable unreadable) throws RefusedException {
              throw new RefusedException(Reason.INVALID_ARGUMENT, unreadable.complaint());
            }
          });
    } catch (RefusedException e) {
      decline(from, message, e, effects);
    }
  }

  private void route(
      Connection from, Inbound.Message message, Instant now, List<SignalingEffect> effects)
      throws RefusedException {
    if (limits.rates().enforced() && !from.take(message.type(), now)) {
      throw new RefusedException(
          Reason.LIMIT_EXCEEDED, "too many messages of type " + message.type() + " in a second");
    }
    Participant sender = from.participant();
    if (addressing.isForStorage(sender, message, facts)) {
      effects.add(new ToStorage(from.id(), sender, message));
      return;
    }
    if (addressing.isLostOffer(sender, message, facts)) {
      loseOffer(from, message, effects);
      return;
    }
    Participant to = addressing.recipient(sender, message, facts);
    if (!heldOffers.answers(to, message, effects)) {
      delivery.relay(
          sender,
          to,
          Outbound.Relayed.from(sender, message.type(), message.payload().base64()),
          now.plus(facts.messageTtl()),
          now,
          effects);
    }
  }

  /** Offers for the master that have waited until the channel got media storage. */
  private void loseWaitingOffers(List<SignalingEffect> effects) {
    for (Participant from : delivery.takeOffersForMaster()) {
      effects.add(lostOffer(from));
      heldOffers.lost(from, effects);
    }
  }

  private static Warning lostOffer(Participant from) {
    return new Warning(
        from,
        "offer-not-delivered",
        "an SDP_OFFER of the %s is not delivered: ".formatted(from) + WHY_LOST);
  }

  /** AWS does not say whether the viewer is told; here it is, if it asked with a correlation id. */
  private static void loseOffer(
      Connection from, Inbound.Message message, List<SignalingEffect> effects) {
    Warning lost = lostOffer(from.participant());
    effects.add(lost);
    respond(from, message, new RefusedException(Reason.INVALID_ARGUMENT, lost.detail()), effects);
  }

  /** The storage session has declined a message that was handed to it. */
  public List<SignalingEffect> declined(
      ConnectionId id, Inbound message, RefusedException refusal) {
    List<SignalingEffect> effects = new ArrayList<>();
    roster.connection(id).ifPresent(from -> decline(from, message, refusal, effects));
    return effects;
  }

  private static void decline(
      Connection from, Inbound message, RefusedException refusal, List<SignalingEffect> effects) {
    effects.add(new Note(from.participant(), "message-declined", refusal.explanation()));
    respond(from, message, refusal, effects);
  }

  /** A STATUS_RESPONSE goes only to who asked for it with a correlation id (documented). */
  private static void respond(
      Connection to, Inbound message, RefusedException refusal, List<SignalingEffect> effects) {
    if (!message.correlationId().isEmpty() && !to.isClosing()) {
      effects.add(
          new Send(
              to.id(),
              new Outbound.StatusResponse(
                  message.correlationId(), refusal.reason(), refusal.explanation())));
    }
  }

  /** What the control plane says of the channel now; every other event says it, too. */
  public void learn(ChannelFacts channel) {
    facts = channel;
  }

  /**
   * The storage session's offer with its candidates. For a participant who is not connected they
   * wait as any message, and a newer offer takes the place of all that wait.
   */
  public List<SignalingEffect> storageOffer(StorageOffer offer, Instant now) {
    List<SignalingEffect> effects = new ArrayList<>();
    delivery.storageOffer(offer, facts.messageTtl(), now, effects);
    return effects;
  }

  /** Nobody waits any more for an answer to the storage session's offer, which may wait still. */
  public void withdrawStorageOffer(long name) {
    delivery.withdrawStorageOffer(name);
  }

  /**
   * An offer for the master that came by SendAlexaOfferToMaster.
   *
   * @param request names the request in the effects; each ends in exactly one of these
   * @param payload base64
   */
  public List<SignalingEffect> alexaOffer(
      long request, ClientId sender, String payload, ChannelFacts channel, Instant now) {
    facts = channel;
    List<SignalingEffect> effects = new ArrayList<>();
    if (facts.storageEnabled()) {
      // AWS does not say what it does with one; no offer of a client reaches such a master.
      effects.add(
          new FailHeldOffer(
              request,
              Reason.INVALID_ARGUMENT,
              "The channel has media storage, so no offer is delivered to its master; disable media"
                  + " storage for peer-to-peer calls."));
    } else {
      heldOffers.offer(request, sender, payload, facts.messageTtl(), now, effects);
    }
    return effects;
  }

  /** The client of a request of SendAlexaOfferToMaster is gone. */
  public List<SignalingEffect> alexaAbandoned(long request) {
    List<SignalingEffect> effects = new ArrayList<>();
    heldOffers.abandoned(request, effects);
    return effects;
  }

  /**
   * The channel is no more: its sockets are closed and nothing waits any longer. AWS does not say
   * which code they are closed with.
   */
  public List<SignalingEffect> deleted() {
    return closed(CloseCode.NORMAL, "the channel was deleted");
  }

  /** The emulator ends or is reset: its sockets are closed and nothing waits any longer. */
  public List<SignalingEffect> ended(String why) {
    return closed(CloseCode.GOING_AWAY, why);
  }

  private List<SignalingEffect> closed(CloseCode code, String why) {
    List<SignalingEffect> effects = new ArrayList<>();
    for (Connection connection : roster.open()) {
      if (!connection.isClosing()) {
        close(connection, code, why, effects);
      }
    }
    delivery.clear();
    heldOffers.failAll(effects);
    return effects;
  }

  /** Time has come to {@link #nextDeadline}, or further. */
  public List<SignalingEffect> onDeadline(Instant now) {
    List<SignalingEffect> effects = new ArrayList<>();
    roster.forgetLapsed(now);
    roster.open().forEach(connection -> expire(connection, now, effects));
    delivery.expire(now, effects);
    heldOffers.expire(now, effects);
    return effects;
  }

  private void expire(Connection connection, Instant now, List<SignalingEffect> effects) {
    switch (connection.due(now)) {
      case NOTHING -> {}
      case PING -> effects.add(new Ping(connection.id()));
      case ICE_SERVERS -> effects.add(new Send(connection.id(), new Outbound.ReconnectIceServer()));
      case LAST_MINUTE -> effects.add(new Send(connection.id(), new Outbound.GoAway()));
      case IDLE -> close(connection, CloseCode.NORMAL, "idle for too long", effects);
      case END -> close(connection, CloseCode.GOING_AWAY, "connected for too long", effects);
    }
  }

  private void close(
      Connection connection, CloseCode code, String why, List<SignalingEffect> effects) {
    boolean counted = roster.closing(connection);
    effects.add(new Close(connection.id(), code, why));
    if (counted) {
      effects.add(closedNote(connection.participant(), ": " + why));
    }
  }

  /** When {@link #onDeadline} has to be called; empty if nothing will fall due. */
  public Optional<Instant> nextDeadline() {
    return Stream.of(roster.deadline(), delivery.deadline(), heldOffers.deadline())
        .min(Instant::compareTo)
        .filter(earliest -> earliest.isBefore(Instant.MAX));
  }

  /** Whether a participant can be reached. */
  public boolean isConnected(Participant participant) {
    return roster.isConnected(participant);
  }

  /** Whether nobody is connected, admitted or waited for, so that the channel can be forgotten. */
  public boolean isEmpty() {
    return roster.isEmpty() && delivery.isEmpty() && heldOffers.isEmpty();
  }
}
