package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.signaling.PendingMessages.Pending;
import io.github.kvslocal.signaling.SignalingEffect.Note;
import io.github.kvslocal.signaling.SignalingEffect.Send;
import io.github.kvslocal.signaling.SignalingEffect.StorageOfferSent;
import io.github.kvslocal.signaling.SignalingEffect.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Brings messages to who is connected, and keeps them a while for who is not. */
final class Delivery {
  private static final String STORAGE = "storage session";

  private final Roster roster;
  private final PendingMessages pending;

  Delivery(Roster roster, SignalingLimits.Waiting limits) {
    this.roster = roster;
    this.pending = new PendingMessages(limits);
  }

  /**
   * Brings one participant's message to another.
   *
   * @param until when it is given up if it has to wait
   * @throws RefusedException if it would have to wait and too many do already
   */
  void relay(
      Participant from,
      Participant to,
      Outbound.Relayed message,
      Instant until,
      Instant now,
      List<SignalingEffect> effects)
      throws RefusedException {
    Optional<Connection> connected = roster.newest(to);
    if (connected.isPresent()) {
      connected.get().active(now);
      effects.add(new Send(connected.get().id(), message));
      return;
    }
    MessageType type = message.type();
    if (!pending.add(
        new Pending(from.toString(), 0, to, type, message, message.payload().length(), until))) {
      throw new RefusedException(
          Reason.LIMIT_EXCEEDED,
          "the %s is not connected and too many messages wait already, so this %s is dropped"
              .formatted(to, type));
    }
    if (type != MessageType.ICE_CANDIDATE) {
      effects.add(
          new Note(
              from,
              "message-waits",
              "an %s for the %s waits, since the %s is not connected".formatted(type, to, to)));
    }
  }

  /** Sends all that waited for a participant, in order. */
  void flush(Participant to, ConnectionId connection, List<SignalingEffect> effects) {
    pending
        .take(waiting -> waiting.to().equals(to))
        .forEach(waiting -> send(waiting, connection, effects));
  }

  private static void send(
      Pending waiting, ConnectionId connection, List<SignalingEffect> effects) {
    effects.add(new Send(connection, waiting.message()));
    if (waiting.from().equals(STORAGE) && waiting.type() == MessageType.SDP_OFFER) {
      effects.add(new StorageOfferSent(waiting.offer()));
    }
  }

  /** The storage session's offer with its candidates; it takes the place of one that waits. */
  void storageOffer(
      long name,
      Participant to,
      Outbound.SdpOffer offer,
      List<Outbound.IceCandidate> candidates,
      Duration ttl,
      Instant now,
      List<SignalingEffect> effects) {
    Optional<Connection> connected = roster.newest(to);
    if (connected.isPresent()) {
      Connection connection = connected.get();
      connection.active(now);
      effects.add(new Send(connection.id(), offer));
      candidates.forEach(candidate -> effects.add(new Send(connection.id(), candidate)));
      effects.add(new StorageOfferSent(name));
      return;
    }
    effects.add(
        new Warning(
            to,
            "offer-without-socket",
            ("a join came before its signaling socket was open, so the offer waits for it, %d s at"
                    + " most; connect as %s first, then join")
                .formatted(ttl.toSeconds(), to)));
    pending.take(waiting -> waiting.from().equals(STORAGE) && waiting.to().equals(to));
    Instant until = now.plus(ttl);
    boolean room =
        pending.add(
            new Pending(
                STORAGE, name, to, MessageType.SDP_OFFER, offer, offer.sdp().length(), until));
    for (Outbound.IceCandidate each : candidates) {
      room &=
          pending.add(
              new Pending(
                  STORAGE,
                  name,
                  to,
                  MessageType.ICE_CANDIDATE,
                  each,
                  each.candidate().length(),
                  until));
    }
    if (!room) {
      effects.add(new Warning(to, "offer-dropped", "too many messages wait for it already"));
    }
  }

  void withdrawStorageOffer(long name) {
    pending.take(waiting -> waiting.from().equals(STORAGE) && waiting.offer() == name);
  }

  /** Drops an offer that still waits. */
  void withdrawOffer(Participant from, Participant to) {
    pending.take(
        waiting ->
            waiting.type() == MessageType.SDP_OFFER
                && waiting.from().equals(from.toString())
                && waiting.to().equals(to));
  }

  /** Drops what has waited too long. */
  void expire(Instant now, List<SignalingEffect> effects) {
    for (Pending waiting : pending.take(waiting -> !waiting.until().isAfter(now))) {
      effects.add(
          new Note(
              waiting.to(),
              "message-expired",
              "an %s of the %s was not delivered: the %s did not connect in time"
                  .formatted(waiting.type(), waiting.from(), waiting.to())));
    }
  }

  void clear() {
    pending.take(waiting -> true);
  }

  /** When something has waited too long; {@link Instant#MAX} for never. */
  Instant deadline() {
    return pending.deadline();
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }
}
