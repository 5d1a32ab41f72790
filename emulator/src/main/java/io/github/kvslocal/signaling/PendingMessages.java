package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Participant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Messages for participants who are not connected, in the order in which they were sent
 * (SendSdpOffer and SendSdpAnswer pages). A newer offer or answer of the same sender takes the
 * place of an older one; candidates all wait.
 */
final class PendingMessages {
  /** Whose message waits. */
  sealed interface Sender {
    /** A client of the channel. */
    record Client(Participant participant) implements Sender {
      @Override
      public String toString() {
        return participant.toString();
      }
    }

    /** The storage session, with this offer or a candidate that belongs to it. */
    record Storage(long offer) implements Sender {
      @Override
      public String toString() {
        return "storage session";
      }
    }
  }

  /**
   * A message that waits.
   *
   * @param characters what it weighs
   * @param until when it is given up
   */
  record Pending(
      Sender from,
      Participant to,
      MessageType type,
      Outbound message,
      int characters,
      Instant until) {}

  private final SignalingLimits.Waiting limits;
  private final List<Pending> messages = new ArrayList<>();

  PendingMessages(SignalingLimits.Waiting limits) {
    this.limits = limits;
  }

  /** Keeps one participant's message for another; returns whether there was room. */
  boolean add(Pending pending) {
    boolean replaces = pending.type() != MessageType.ICE_CANDIDATE;
    return replace(
        older ->
            replaces
                && older.type() == pending.type()
                && older.from().equals(pending.from())
                && older.to().equals(pending.to()),
        List.of(pending));
  }

  /**
   * Keeps messages of one sender for one recipient in the place of older ones, all or none of them.
   * Returns whether there was room; if not, the older ones stay.
   */
  boolean replace(Predicate<Pending> older, List<Pending> newer) {
    List<Pending> staying = messages.stream().filter(older.negate()).toList();
    if (staying.size() + newer.size() > limits.messages()
        || weight(staying) + weight(newer) > limits.characters()
        || newer.size() + ofPair(staying, newer.get(0)) > limits.perPair()) {
      return false;
    }
    messages.removeIf(older);
    messages.addAll(newer);
    return true;
  }

  private static int weight(List<Pending> some) {
    return some.stream().mapToInt(Pending::characters).sum();
  }

  private static long ofPair(List<Pending> some, Pending like) {
    return some.stream()
        .filter(other -> other.from().equals(like.from()) && other.to().equals(like.to()))
        .count();
  }

  /** Takes out what fits, in order. */
  List<Pending> take(Predicate<Pending> wanted) {
    List<Pending> taken = new ArrayList<>();
    for (Iterator<Pending> each = messages.iterator(); each.hasNext(); ) {
      Pending pending = each.next();
      if (wanted.test(pending)) {
        each.remove();
        taken.add(pending);
      }
    }
    return taken;
  }

  /** When the next one has waited too long; {@link Instant#MAX} if none waits. */
  Instant deadline() {
    return messages.stream().map(Pending::until).min(Instant::compareTo).orElse(Instant.MAX);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }
}
