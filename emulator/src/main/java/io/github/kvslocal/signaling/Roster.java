package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is connected: of each participant the newest connection counts (ConnectAsMaster page), older
 * ones may be open still.
 */
final class Roster {
  private final SignalingLimits limits;
  private final Map<ConnectionId, Connection> open = new LinkedHashMap<>();
  private final Map<Participant, Connection> newest = new HashMap<>();

  /** For each viewer, until when its upgrades are waited for that are admitted and not yet open. */
  private final Map<Participant, Deque<Instant>> admitted = new HashMap<>();

  Roster(SignalingLimits limits) {
    this.limits = limits;
  }

  /** Keeps a place for a viewer who is about to connect; the master always has one. */
  void admit(Participant participant, Instant now) throws RefusedException {
    forgetLapsed(now);
    if (!hasPlace(participant)) {
      throw new RefusedException(
          Reason.LIMIT_EXCEEDED,
          "The maximum number of viewers connected to the channel is "
              + limits.viewers()
              + "; close one of their sockets first.");
    }
    if (!participant.equals(Participant.MASTER)) {
      admitted
          .computeIfAbsent(participant, viewer -> new ArrayDeque<>())
          .addLast(now.plus(limits.lifetime().admission()));
    }
  }

  /** Gives one of the places back that were kept for a participant. */
  void withdraw(Participant participant) {
    admitted.computeIfPresent(
        participant,
        (viewer, upgrades) -> {
          upgrades.pollFirst();
          return upgrades.isEmpty() ? null : upgrades;
        });
  }

  /** Whether a participant may connect: a viewer who is connected already takes no new place. */
  boolean hasPlace(Participant participant) {
    if (participant.equals(Participant.MASTER)
        || newest.containsKey(participant)
        || admitted.containsKey(participant)) {
      return true;
    }
    Set<Participant> viewers = new HashSet<>(newest.keySet());
    viewers.addAll(admitted.keySet());
    viewers.remove(Participant.MASTER);
    return viewers.size() < limits.viewers();
  }

  /** Takes a connection in as its participant's newest; returns the one that was it before. */
  Optional<Connection> add(ConnectionId id, Participant participant, Instant now) {
    withdraw(participant);
    Connection connection = new Connection(id, participant, limits, now);
    open.put(id, connection);
    return Optional.ofNullable(newest.put(participant, connection));
  }

  /** The connection of this name, newest or not; empty if it is closed or about to be. */
  Optional<Connection> connection(ConnectionId id) {
    return Optional.ofNullable(open.get(id));
  }

  /** The connection by which a participant can be reached. */
  Optional<Connection> newest(Participant participant) {
    return Optional.ofNullable(newest.get(participant));
  }

  boolean isConnected(Participant participant) {
    return newest.containsKey(participant);
  }

  boolean isNewest(Connection connection) {
    return connection.equals(newest.get(connection.participant()));
  }

  /** It is about to be closed by us. Returns whether its participant was reached by it. */
  boolean closing(Connection connection) {
    connection.closing();
    return newest.remove(connection.participant(), connection);
  }

  /** It is closed. Returns the participant who was reached by it until now. */
  Optional<Participant> remove(ConnectionId id) {
    Connection connection = open.remove(id);
    return connection != null && newest.remove(connection.participant(), connection)
        ? Optional.of(connection.participant())
        : Optional.empty();
  }

  /** All that are open, oldest first. */
  Collection<Connection> open() {
    return List.copyOf(open.values());
  }

  /** Those of a participant that are open and not about to be closed, but for the newest two. */
  List<Connection> allButNewestTwo(Participant participant) {
    List<Connection> all =
        open.values().stream()
            .filter(each -> each.participant().equals(participant) && !each.isClosing())
            .toList();
    return all.subList(0, Math.max(0, all.size() - 2));
  }

  void forgetLapsed(Instant now) {
    admitted.values().forEach(upgrades -> upgrades.removeIf(until -> !until.isAfter(now)));
    admitted.values().removeIf(Deque::isEmpty);
  }

  /** When something is due; {@link Instant#MAX} for never. */
  Instant deadline() {
    Instant earliest = Instant.MAX;
    for (Connection connection : open.values()) {
      earliest = earlier(earliest, connection.deadline());
    }
    for (Deque<Instant> upgrades : admitted.values()) {
      for (Instant until : upgrades) {
        earliest = earlier(earliest, until);
      }
    }
    return earliest;
  }

  private static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  boolean isEmpty() {
    return open.isEmpty() && admitted.isEmpty();
  }
}
