package io.github.kvslocal.session;

import io.github.kvslocal.channel.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The viewer quota of one storage session.
 *
 * <p>A seat outlives its viewer: after a disconnect, whatever the reason, it stays taken for the
 * hold, during which only the same client takes it back (JoinStorageSessionAsViewer API page).
 */
final class ViewerSeats {
  private static final int MOST_TOLD = 5;

  private final int capacity;
  private final Duration hold;

  /**
   * Taken seats, the longest taken first, and when each falls free; {@link Instant#MAX} while its
   * viewer is in the session.
   */
  private final Map<ClientId, Instant> freeAt = new LinkedHashMap<>();

  ViewerSeats(int capacity, Duration hold) {
    this.capacity = capacity;
    this.hold = hold;
  }

  /** Takes a seat, or the client's own one again; returns whether it has one. */
  boolean take(ClientId viewer) {
    if (!freeAt.containsKey(viewer) && freeAt.size() >= capacity) {
      return false;
    }
    freeAt.put(viewer, Instant.MAX);
    return true;
  }

  /** The viewer has left; returns until when its seat is held. */
  Instant leave(ClientId viewer, Instant now) {
    Instant until = now.plus(hold);
    freeAt.replace(viewer, until);
    return until;
  }

  /** When the next held seat falls free; {@link Instant#MAX} if none is held. */
  Instant nextFree() {
    return freeAt.isEmpty() ? Instant.MAX : Collections.min(freeAt.values());
  }

  /** When each seat falls free; {@link Instant#MAX} while its viewer is in the session. */
  List<Deadline> deadlines() {
    return freeAt.entrySet().stream()
        .map(
            seat ->
                new Deadline(
                    seat.getValue(), "the seat of viewer %s becomes free".formatted(seat.getKey())))
        .toList();
  }

  /** Frees the seats whose hold is over; returns whose they were. */
  List<ClientId> release(Instant now) {
    List<ClientId> freed = new ArrayList<>();
    freeAt.forEach(
        (viewer, until) -> {
          if (!until.isAfter(now)) {
            freed.add(viewer);
          }
        });
    freeAt.keySet().removeAll(freed);
    return freed;
  }

  void clear() {
    freeAt.clear();
  }

  boolean isEmpty() {
    return freeAt.isEmpty();
  }

  /** Who has a seat and until when, for a person to read; of many the first. */
  String description() {
    List<String> seats = new ArrayList<>();
    freeAt.forEach(
        (viewer, until) ->
            seats.add(
                until.equals(Instant.MAX)
                    ? "%s is in the session".formatted(viewer)
                    : "%s has left and may come back until %s".formatted(viewer, until)));
    int more = seats.size() - MOST_TOLD;
    return more <= 0
        ? String.join("; ", seats)
        : String.join("; ", seats.subList(0, MOST_TOLD)) + "; and %d more".formatted(more);
  }
}
