package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Participant;
import java.time.Instant;

/** One open socket: whose it is, how long it may live, how fast it may speak. */
final class Connection {
  private final ConnectionId id;
  private final Participant participant;
  private final SignalingLimits.Lifetime lifetime;
  private final Instant end;
  private final Rate offers;
  private final Rate answers;
  private final Rate candidates;
  private Instant active;
  private Instant nextIceServers;
  private Instant nextPing;
  private boolean warned;
  private boolean closing;

  Connection(ConnectionId id, Participant participant, SignalingLimits limits, Instant now) {
    this.id = id;
    this.participant = participant;
    this.lifetime = limits.lifetime();
    this.end = now.plus(lifetime.longest());
    this.active = now;
    this.nextIceServers = now.plus(lifetime.iceServers());
    this.nextPing = pingAfter(now);
    this.offers = new Rate(limits.rates().offers());
    this.answers = new Rate(limits.rates().answers());
    this.candidates = new Rate(limits.rates().candidates());
  }

  private Instant pingAfter(Instant now) {
    return lifetime.pings().isZero() ? Instant.MAX : now.plus(lifetime.pings());
  }

  ConnectionId id() {
    return id;
  }

  Participant participant() {
    return participant;
  }

  /** Something went over it, either way. */
  void active(Instant now) {
    active = now;
  }

  /** Whether another message of this type fits into this second. */
  boolean take(MessageType type, Instant now) {
    return switch (type) {
      case SDP_OFFER -> offers.take(now);
      case SDP_ANSWER -> answers.take(now);
      case ICE_CANDIDATE -> candidates.take(now);
    };
  }

  /** It is about to be closed: nothing goes over it any more, and no time runs out for it. */
  void closing() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** When {@link #due} has something to say. */
  Instant deadline() {
    if (closing) {
      return Instant.MAX;
    }
    Instant next = warned ? end : end.minus(lifetime.grace());
    Instant lived = earlier(next, active.plus(lifetime.idle()));
    return earlier(lived, earlier(nextIceServers, nextPing));
  }

  private static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  /** What time has brought. */
  enum Due {
    NOTHING,
    PING,
    ICE_SERVERS,
    LAST_MINUTE,
    IDLE,
    END
  }

  /** What has fallen due; the last minute is told once. */
  Due due(Instant now) {
    if (closing) {
      return Due.NOTHING;
    }
    if (!end.isAfter(now)) {
      return Due.END;
    }
    if (!active.plus(lifetime.idle()).isAfter(now)) {
      return Due.IDLE;
    }
    if (!warned && !end.minus(lifetime.grace()).isAfter(now)) {
      warned = true;
      return Due.LAST_MINUTE;
    }
    if (!nextIceServers.isAfter(now)) {
      nextIceServers = now.plus(lifetime.iceServers());
      return Due.ICE_SERVERS;
    }
    if (!nextPing.isAfter(now)) {
      nextPing = pingAfter(now);
      return Due.PING;
    }
    return Due.NOTHING;
  }
}
