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
  /**
   * A message that waits.
   *
   * @param from a participant or the storage session, by its name
   * @param offer what the storage session calls the offer that this is part of; 0 of participants
   * @param characters what it weighs
   * @param until when it is given up
   */
  record Pending(
      String from,
      long offer,
      Participant to,
      MessageType type,
      Outbound message,
      int characters,
      Instant until) {}

  private final SignalingLimits.Waiting limits;
  private final List<Pending> messages = new ArrayList<>();
  private int characters;

  PendingMessages(SignalingLimits.Waiting limits) {
    this.limits = limits;
  }

  /** Keeps a message; returns whether there was room. */
  boolean add(Pending pending) {
    if (pending.type() != MessageType.ICE_CANDIDATE) {
      take(
          older ->
              older.type() == pending.type()
                  && older.from().equals(pending.from())
                  && older.to().equals(pending.to()));
    }
    if (messages.size() == limits.messages()
        || characters + pending.characters() > limits.characters()
        || ofPair(pending) == limits.perPair()) {
      return false;
    }
    messages.add(pending);
    characters += pending.characters();
    return true;
  }

  private long ofPair(Pending pending) {
    return messages.stream()
        .filter(other -> other.from().equals(pending.from()) && other.to().equals(pending.to()))
        .count();
  }

  /** Takes out what fits, in order. */
  List<Pending> take(Predicate<Pending> wanted) {
    List<Pending> taken = new ArrayList<>();
    for (Iterator<Pending> each = messages.iterator(); each.hasNext(); ) {
      Pending pending = each.next();
      if (wanted.test(pending)) {
        each.remove();
        characters -= pending.characters();
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
