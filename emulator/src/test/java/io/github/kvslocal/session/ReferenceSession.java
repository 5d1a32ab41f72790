package io.github.kvslocal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The rules of a storage session once more, as unlike {@link StorageSession} as they can be told: a
 * list of who was there from when to when, from which everything else is worked out anew each time.
 * No timer and no state but that list. Participant 0 is the master.
 *
 * <p>A moment is a second times {@link #MOMENTS} plus the order of events within it; what falls due
 * in a second comes before all of its events.
 */
final class ReferenceSession {
  private static final long MOMENTS = 1_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final int MASTER = 0;
  private static final int SEATS = 3;
  private static final long HOLD = 60;
  private static final long GRACE = 180;
  private static final long LENGTH = 3_600;

  /** One peer, from its first offer to its end. */
  private static final class Stay {
    final int who;
    final long peer;
    final long from;
    int deliveries;
    long answered = NEVER;
    long connected = NEVER;
    long until = NEVER;

    Stay(int who, long peer, long from) {
      this.who = who;
      this.peer = peer;
      this.from = from;
    }

    boolean living(long moment) {
      return from <= moment && moment < until;
    }

    /** Until when it keeps the session, a viewer's seat included. */
    long keptUntil() {
      return who == MASTER || until == NEVER ? until : (until / MOMENTS + HOLD) * MOMENTS;
    }

    boolean keeps(long moment) {
      return from <= moment && moment < keptUntil();
    }
  }

  /** Those of the present session. */
  private final List<Stay> stays = new ArrayList<>();

  private long peers;
  private long moment;

  /** The next event happens in this second. */
  private void event(long second) {
    moment = Math.max(moment + 1, second * MOMENTS + 1);
    if (stays.stream().noneMatch(stay -> stay.keeps(moment))) {
      stays.clear();
    }
  }

  Stream<String> join(int who, long second) {
    event(second);
    boolean hasSeat = who == MASTER || seats().contains(who);
    if (!hasSeat && seats().size() >= SEATS) {
      return Stream.of("refused " + who);
    }
    Optional<Stay> waiting = waiting(who);
    Stay offered = waiting.orElseGet(() -> new Stay(who, ++peers, moment));
    if (waiting.isEmpty()) {
      stays.add(offered);
    }
    return Stream.of("offer " + offered.peer + " to " + who);
  }

  /** The client gets the offer that waits for its answer. */
  void deliver(int who, long second) {
    event(second);
    waiting(who).ifPresent(stay -> stay.deliveries++);
  }

  Stream<String> answer(int who, long second) {
    event(second);
    Optional<Stay> waiting = waiting(who);
    Optional<Stay> older = living(who).filter(stay -> stay.answered != NEVER).findFirst();
    if (waiting.isPresent()) {
      waiting.get().answered = moment;
      return older.stream().map(stay -> close(stay, "REPLACED"));
    }
    if (older.isEmpty() || !owed(who)) {
      return Stream.of();
    }
    older.get().until = moment;
    Stay successor = new Stay(who, ++peers, moment);
    successor.answered = moment;
    stays.add(successor);
    return Stream.of("renew " + older.get().peer + " by " + successor.peer);
  }

  /**
   * Whether an answer may come though no offer waits for one. Every stay was answered once, be it
   * to its own offer or to one before it, or ended in vain; so what remains are the offers that
   * came twice, less the successors that they were spent on.
   */
  private boolean owed(int who) {
    long since = Math.max(came(who), lastInVain(who));
    long repetitions = 0;
    long successors = 0;
    for (Stay stay : stays) {
      if (stay.who == who && stay.from >= since) {
        repetitions += Math.max(0, stay.deliveries - 1);
        successors += stay.from == stay.answered ? 1 : 0;
      }
    }
    return repetitions > successors;
  }

  private long came(int who) {
    long came = moment;
    for (int i = stays.size() - 1; i >= 0; i--) {
      Stay stay = stays.get(i);
      boolean together = stay.who == who && stay.from < came && stay.until >= came;
      came = together ? stay.from : came;
    }
    return came;
  }

  /** When the last peer ended whose offer was never answered; 0 if none did. */
  private long lastInVain(int who) {
    long last = 0;
    for (Stay stay : stays) {
      if (stay.who == who && stay.answered == NEVER && stay.until != NEVER) {
        last = Math.max(last, stay.until);
      }
    }
    return last;
  }

  void connect(int who, long second) {
    event(second);
    living(who)
        .filter(stay -> stay.answered != NEVER && stay.connected == NEVER)
        .forEach(stay -> stay.connected = moment);
  }

  /** The participant's older or newer peer goes. */
  Stream<String> lose(int who, boolean answered, long second) {
    event(second);
    Optional<Stay> lost =
        answered ? living(who).filter(stay -> stay.answered != NEVER).findFirst() : waiting(who);
    lost.ifPresent(stay -> stay.until = moment);
    return lost.stream().flatMap(stay -> heldIfGone(stay.who));
  }

  Stream<String> endStorage(long second) {
    event(second);
    return endForAll("STORAGE_ENDED").stream();
  }

  /** Everything that happens by itself until the end of what is due in this second. */
  List<String> pass(long second) {
    List<String> happened = new ArrayList<>();
    for (long due = nextDue(); due <= second; due = nextDue()) {
      long before = due * MOMENTS - 1;
      boolean hour = due == born() / MOMENTS + LENGTH;
      boolean eviction = waitingSince() != NEVER && due == waitingSince() / MOMENTS + GRACE;
      Set<Integer> seatsBefore = seatsAt(before);
      moment = due * MOMENTS;
      if (hour) {
        happened.addAll(endForAll("LENGTH"));
        continue;
      }
      seatsBefore.removeAll(seats());
      seatsBefore.forEach(who -> happened.add("freed " + who));
      if (eviction) {
        List<Stay> viewers =
            stays.stream().filter(stay -> stay.who != MASTER && stay.living(moment)).toList();
        viewers.forEach(stay -> happened.add(close(stay, "MASTER_ABSENT")));
        viewers.stream()
            .map(stay -> stay.who)
            .distinct()
            .forEach(who -> heldIfGone(who).forEach(happened::add));
      }
    }
    return happened;
  }

  /** The second of the next thing that happens by itself; never if nothing will. */
  long nextDue() {
    long hour = born() == NEVER ? NEVER : born() / MOMENTS + LENGTH;
    long eviction = waitingSince() == NEVER ? NEVER : waitingSince() / MOMENTS + GRACE;
    long due = Math.min(hour, eviction);
    for (int viewer : seats()) {
      due = Math.min(due, seatUntil(viewer));
    }
    return due;
  }

  /** Who has a seat, held ones included. */
  Set<Integer> seats() {
    return seatsAt(moment);
  }

  /** When the present session began; never if there is none. */
  long bornInSecond() {
    return born() == NEVER ? NEVER : born() / MOMENTS;
  }

  private Set<Integer> seatsAt(long when) {
    Set<Integer> taken = new TreeSet<>();
    for (Stay stay : stays) {
      if (stay.who != MASTER && stay.keeps(when)) {
        taken.add(stay.who);
      }
    }
    return taken;
  }

  private long seatUntil(int who) {
    long until = 0;
    for (Stay stay : stays) {
      if (stay.who == who && stay.keeps(moment)) {
        until = Math.max(until, stay.keptUntil());
      }
    }
    return until == NEVER ? NEVER : until / MOMENTS;
  }

  /** Back from now, from stay to stay that overlaps it. */
  private long born() {
    long born = NEVER;
    OptionalLong older = oldestAt(moment);
    while (older.isPresent()) {
      born = older.getAsLong();
      older = oldestAt(born - 1);
    }
    return born;
  }

  private OptionalLong oldestAt(long when) {
    OptionalLong oldest = OptionalLong.empty();
    for (Stay stay : stays) {
      if (stay.keeps(when) && stay.from <= oldest.orElse(NEVER)) {
        oldest = OptionalLong.of(stay.from);
      }
    }
    return oldest;
  }

  /** Back from now, from change to change, as long as viewers were there and no master was. */
  private long waitingSince() {
    long since = NEVER;
    for (long at = moment; waiting(at); at = since - 1) {
      since = lastChange(at);
    }
    return since;
  }

  private boolean waiting(long when) {
    boolean viewers = false;
    for (Stay stay : stays) {
      if (stay.who == MASTER && stay.living(when) && stay.connected <= when) {
        return false;
      }
      viewers |= stay.who != MASTER && stay.living(when);
    }
    return viewers;
  }

  private long lastChange(long when) {
    long last = 0;
    for (Stay stay : stays) {
      for (long change : new long[] {stay.from, stay.connected, stay.until}) {
        last = change <= when ? Math.max(last, change) : last;
      }
    }
    return last;
  }

  private List<String> endForAll(String cause) {
    List<String> closed = new ArrayList<>();
    boolean anybody = stays.stream().anyMatch(stay -> stay.keeps(moment - 1));
    stays.stream()
        .filter(stay -> stay.living(moment))
        .forEach(stay -> closed.add(close(stay, cause)));
    stays.clear();
    if (anybody) {
      closed.add("ended " + cause);
    }
    return closed;
  }

  private String close(Stay stay, String cause) {
    stay.until = moment;
    return "close " + stay.peer + " " + cause;
  }

  private Stream<String> heldIfGone(int who) {
    return who == MASTER || living(who).findAny().isPresent()
        ? Stream.of()
        : Stream.of("held " + who + " until " + (moment / MOMENTS + HOLD));
  }

  private Optional<Stay> waiting(int who) {
    return living(who).filter(stay -> stay.answered == NEVER).findFirst();
  }

  private Stream<Stay> living(int who) {
    return stays.stream().filter(stay -> stay.who == who && stay.living(moment));
  }
}
