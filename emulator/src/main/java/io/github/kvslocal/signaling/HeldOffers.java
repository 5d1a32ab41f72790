package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.signaling.SignalingEffect.AnswerHeldOffer;
import io.github.kvslocal.signaling.SignalingEffect.FailHeldOffer;
import io.github.kvslocal.signaling.SignalingEffect.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Offers that came by SendAlexaOfferToMaster: each request is held until the master answers its
 * sender. One per sender, since an answer names its recipient and nothing else.
 */
final class HeldOffers {
  private record Held(long request, ClientId sender, Instant until) {}

  private final int capacity;
  private final Roster roster;
  private final Delivery delivery;
  private final Map<ClientId, Held> bySender = new LinkedHashMap<>();

  HeldOffers(int capacity, Roster roster, Delivery delivery) {
    this.capacity = capacity;
    this.roster = roster;
    this.delivery = delivery;
  }

  /**
   * Brings an offer to the master and holds its request; AWS does not say how long, here as long as
   * a message waits.
   */
  void offer(
      long request,
      ClientId sender,
      String payload,
      Duration ttl,
      Instant now,
      List<SignalingEffect> effects) {
    Held earlier = bySender.remove(sender);
    if (earlier != null) {
      effects.add(failed(earlier, "a newer offer of the same SenderClientId has come"));
    }
    try {
      if (bySender.size() == capacity) {
        throw new RefusedException(
            Reason.LIMIT_EXCEEDED,
            capacity + " offers wait for an answer of this channel's master already.");
      }
      Participant from = new Participant.Viewer(sender);
      delivery.relay(
          from,
          Participant.MASTER,
          Outbound.Relayed.from(from, MessageType.SDP_OFFER, payload),
          now.plus(ttl),
          now,
          effects);
      bySender.put(sender, new Held(request, sender, now.plus(ttl)));
    } catch (RefusedException e) {
      effects.add(new FailHeldOffer(request, e.reason(), e.explanation()));
    }
  }

  /** Whether a message of the master answers a request; then it goes nowhere else. */
  boolean answers(Participant to, Inbound.Message message, List<SignalingEffect> effects) {
    if (message.type() != MessageType.SDP_ANSWER || !(to instanceof Participant.Viewer viewer)) {
      return false;
    }
    Held held = bySender.remove(viewer.id());
    if (held == null) {
      return false;
    }
    effects.add(new AnswerHeldOffer(held.request(), message.payload().base64()));
    return true;
  }

  /** The request's client is gone: its offer is not delivered any more. */
  void abandoned(long request, List<SignalingEffect> effects) {
    for (Held held : takeOut(one -> one.request() == request)) {
      Participant from = new Participant.Viewer(held.sender());
      delivery.withdrawOffer(from, Participant.MASTER);
      effects.add(
          new Note(from, "offer-withdrawn", "the client hung up before the master answered"));
    }
  }

  /** An offer that waited for the master is not delivered to it; if it was held, it fails. */
  void lost(Participant from, List<SignalingEffect> effects) {
    for (Held held : takeOut(one -> from.equals(new Participant.Viewer(one.sender())))) {
      effects.add(failed(held, "the channel has media storage now, so it is not delivered"));
    }
  }

  /** Fails what has waited too long. */
  void expire(Instant now, List<SignalingEffect> effects) {
    for (Held held : takeOut(one -> !one.until().isAfter(now))) {
      effects.add(
          failed(
              held,
              roster.isConnected(Participant.MASTER)
                  ? "its time is over"
                  : "no master is connected to the channel"));
    }
  }

  private List<Held> takeOut(Predicate<Held> wanted) {
    List<Held> out = bySender.values().stream().filter(wanted).toList();
    bySender.values().removeAll(out);
    return out;
  }

  /** The channel is no more. */
  void failAll(List<SignalingEffect> effects) {
    bySender
        .values()
        .forEach(
            held ->
                effects.add(
                    new FailHeldOffer(
                        held.request(),
                        Reason.NO_SUCH_CHANNEL,
                        "The requested channel is not found or not active.")));
    bySender.clear();
  }

  private static SignalingEffect failed(Held held, String why) {
    return new FailHeldOffer(
        held.request(), Reason.NO_ANSWER, "The master did not answer the offer: " + why + ".");
  }

  /** When a request has waited too long; {@link Instant#MAX} for never. */
  Instant deadline() {
    return bySender.values().stream().map(Held::until).min(Instant::compareTo).orElse(Instant.MAX);
  }

  boolean isEmpty() {
    return bySender.isEmpty();
  }
}
