package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.signaling.PendingMessages.Pending;
import io.github.kvslocal.signaling.PendingMessages.Sender;
import io.github.kvslocal.signaling.SignalingEffect.Note;
import io.github.kvslocal.signaling.SignalingEffect.Send;
import io.github.kvslocal.signaling.SignalingEffect.StorageOfferSent;
import io.github.kvslocal.signaling.SignalingEffect.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Brings messages to who is connected, and keeps them a while for who is not. */
final class Delivery {
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
        new Pending(
            new Sender.Client(from), to, type, message, message.payload().length(), until))) {
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
    if (waiting.from() instanceof Sender.Storage storage
        && waiting.type() == MessageType.SDP_OFFER) {
      effects.add(new StorageOfferSent(storage.offer()));
    }
  }

  /**
   * The storage session's offer with its candidates; it takes the place of one that waits.
   *
   * @param ttl how long a message of this channel waits
   */
  void storageOffer(StorageOffer offer, Duration ttl, Instant now, List<SignalingEffect> effects) {
    Participant to = offer.to();
    Optional<Connection> connected = roster.newest(to);
    if (connected.isPresent()) {
      Connection connection = connected.get();
      connection.active(now);
      effects.add(new Send(connection.id(), offer.offer()));
      offer.candidates().forEach(each -> effects.add(new Send(connection.id(), each)));
      effects.add(new StorageOfferSent(offer.name()));
      return;
    }
    Duration wait = ttl.compareTo(offer.patience()) < 0 ? ttl : offer.patience();
    boolean room =
        pending.replace(
            waiting -> waiting.from() instanceof Sender.Storage && waiting.to().equals(to),
            pending(offer, now.plus(wait)));
    effects.add(
        room
            ? new Warning(
                to,
                "offer-without-socket",
                ("a join came before its signaling socket was open, so the offer waits for it, %d s"
                        + " at most; connect as %s first, then join")
                    .formatted(wait.toSeconds(), to))
            : new Warning(
                to,
                "offer-dropped",
                "a join came before its signaling socket was open, and too many messages wait"
                    + " already; connect as %s first, then join".formatted(to)));
  }

  private static List<Pending> pending(StorageOffer offer, Instant until) {
    Sender from = new Sender.Storage(offer.name());
    List<Pending> all = new ArrayList<>();
    String sdp = offer.offer().sdp();
    all.add(
        new Pending(from, offer.to(), MessageType.SDP_OFFER, offer.offer(), sdp.length(), until));
    for (Outbound.IceCandidate each : offer.candidates()) {
      all.add(
          new Pending(
              from, offer.to(), MessageType.ICE_CANDIDATE, each, each.candidate().length(), until));
    }
    return all;
  }

  void withdrawStorageOffer(long name) {
    pending.take(waiting -> waiting.from().equals(new Sender.Storage(name)));
  }

  /** Drops the offers of clients that wait for the master; returns whose they were. */
  List<Participant> takeOffersForMaster() {
    List<Participant> senders = new ArrayList<>();
    for (Pending offer :
        pending.take(
            waiting ->
                waiting.type() == MessageType.SDP_OFFER
                    && waiting.to().equals(Participant.MASTER)
                    && waiting.from() instanceof Sender.Client)) {
      senders.add(((Sender.Client) offer.from()).participant());
    }
    return senders;
  }

  /** Drops an offer that still waits. */
  void withdrawOffer(Participant from, Participant to) {
    pending.take(
        waiting ->
            waiting.type() == MessageType.SDP_OFFER
                && waiting.from().equals(new Sender.Client(from))
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
