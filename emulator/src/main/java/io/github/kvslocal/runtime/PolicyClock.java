package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policy time: that of another clock, ahead of it by what users have advanced it. It never goes
 * backwards: where the other clock does, it stands still until that has caught up. Every thread may
 * ask it and move it.
 *
 * <p>Whatever waits for policy time is registered here, so that a moved clock is noticed at once
 * and users can be told what waits.
 */
public final class PolicyClock implements InstantSource, AutoCloseable {
  /** How far it can be advanced in all. */
  public static final Duration FARTHEST = Duration.ofDays(3_650);

  /** Advances that wait for the one before; one more is refused. */
  static final int MOST_WAITING_ADVANCES = 64;

  /** An advance that takes more of them is given up where it has come to. */
  static final int MOST_STEPS = 100_000;

  static final String ENDED = "The emulator ends, and its clock with it.";

  private static final Logger LOG = LoggerFactory.getLogger(PolicyClock.class);

  /**
   * Something that waits for policy time.
   *
   * @param at when it falls due
   * @param whose the ARN of its channel or stream
   * @param what happens then, in plain words
   */
  public record Waiting(Instant at, String whose, String what) {}

  private final InstantSource source;
  private final int mostSteps;

  /** The latest instant that anybody was told. */
  private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

  private final ConcurrentSkipListSet<PolicyAlarm> alarms =
      new ConcurrentSkipListSet<>(PolicyAlarm.IN_ORDER);
  private final AtomicLong numbers = new AtomicLong();

  /** Written by the one advance that is under way. */
  private volatile Duration offset = Duration.ZERO;

  /** The one that is under way, and those behind it. */
  private final Queue<ClockAdvance> advances = new ArrayDeque<>();

  /** What the offset is when all of them are done. */
  private Duration promised = Duration.ZERO;

  private boolean closed;

  /** A clock that goes with another one until it is advanced. */
  public PolicyClock(InstantSource source) {
    this(source, MOST_STEPS);
  }

  PolicyClock(InstantSource source, int mostSteps) {
    this.source = source;
    this.mostSteps = mostSteps;
  }

  @Override
  public Instant instant() {
    return latest.accumulateAndGet(source.instant().plus(offset), PolicyClock::later);
  }

  /**
   * How long the machine takes to an instant if nobody moves the clock; less than nothing when it
   * is over. Longer than from {@link #instant} on while the clock stands still.
   */
  Duration until(Instant at) {
    return Duration.between(source.instant().plus(offset), at);
  }

  private static Instant later(Instant one, Instant other) {
    return other.isBefore(one) ? one : other;
  }

  /** By how much users have advanced it. */
  public Duration offset() {
    return offset;
  }

  /**
   * Moves the clock forward. Whatever falls due on the way runs in the order of its instants, with
   * the clock standing at that instant or, as time goes by, a little later; what only begins to
   * wait meanwhile runs as well if it falls due on the way. Time goes on while this happens, and
   * nobody is kept from asking for something else.
   *
   * <p>The clock goes from one due instant to the next and waits at each until the loops of what
   * has run are done with it and with the tasks that it gave them. What threads of others make of
   * it, such as a client's answer or a disk's, is not waited for. Several advances run one behind
   * the other.
   *
   * @param by more than nothing; all advances together are at most {@link #FARTHEST}
   * @return completes with the new time when all this has settled; fails with a {@link
   *     RefusedException} if it does not come to an end, or with the clock
   * @throws RefusedException if the clock cannot be moved so far, or too many advances wait already
   */
  public CompletableFuture<Instant> advance(Duration by) throws RefusedException {
    ClockAdvance advance;
    synchronized (advances) {
      requireMovable(by);
      advance = new ClockAdvance(this, by, mostSteps);
      promised = promised.plus(by);
      advances.add(advance);
      if (advances.size() > 1) {
        return advance.done();
      }
    }
    begin(advance);
    return advance.done();
  }

  private void requireMovable(Duration by) throws RefusedException {
    if (by.isNegative() || by.isZero()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The clock moves forward only, so it cannot be advanced by " + by + ".");
    }
    // In this order, as a sum with the longest of durations would overflow.
    if (by.compareTo(FARTHEST.minus(promised)) > 0) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The clock can be advanced by %d days in all, so not by %s after %s."
              .formatted(FARTHEST.toDays(), by, promised));
    }
    if (closed) {
      throw new RefusedException(Reason.RESOURCE_IN_USE, ENDED);
    }
    if (advances.size() > MOST_WAITING_ADVANCES) {
      throw new RefusedException(
          Reason.RESOURCE_IN_USE,
          "%d advances of the clock wait already; wait for one of them."
              .formatted(MOST_WAITING_ADVANCES));
    }
  }

  private void begin(ClockAdvance advance) {
    var unused = advance.done().whenComplete((now, failure) -> ended(advance, failure));
    advance.begin();
  }

  private void ended(ClockAdvance advance, @Nullable Throwable failure) {
    if (failure == null) {
      LOG.atInfo()
          .addKeyValue("by", advance.by())
          .addKeyValue("offset", offset)
          .log("policy time was advanced");
    } else {
      LOG.atWarn()
          .addKeyValue("by", advance.by())
          .addKeyValue("offset", offset)
          .addKeyValue("failure", failure.toString())
          .log("policy time was not advanced as far as wanted");
    }
    alarms.forEach(PolicyAlarm::rearm);
    Optional<ClockAdvance> next;
    synchronized (advances) {
      promised = promised.minus(advance.left());
      advances.remove(advance);
      next = closed ? Optional.empty() : Optional.ofNullable(advances.peek());
    }
    next.ifPresent(this::begin);
  }

  /** The first so many of those that wait, the next one first. */
  public List<Waiting> waiting(int most) {
    return alarms.stream().limit(most).map(PolicyAlarm::waiting).toList();
  }

  /** How many wait. */
  public int waitingCount() {
    return alarms.size();
  }

  /**
   * Runs a task on a loop when this clock has come to an instant, once.
   *
   * @param loop whose media time is the machine's
   * @param whose the ARN of its channel or stream
   * @param what happens then, in plain words
   */
  public SessionLoop.Alarm schedule(
      SessionLoop loop, String whose, Instant when, String what, Runnable task) {
    PolicyAlarm alarm =
        new PolicyAlarm(
            this, loop, numbers.incrementAndGet(), new Waiting(when, whose, what), task);
    // In this order: whoever moves the clock either finds it here, or has moved it before it looks.
    alarms.add(alarm);
    alarm.arm();
    return alarm;
  }

  boolean has(PolicyAlarm alarm) {
    return alarms.contains(alarm);
  }

  /** Takes an alarm off the list; true for one caller only. */
  boolean take(PolicyAlarm alarm) {
    return alarms.remove(alarm);
  }

  /** The alarm that rings next; empty if none does before the offset has come to this. */
  Optional<PolicyAlarm> next(Duration goal) {
    Instant end = source.instant().plus(goal);
    return alarms.stream().findFirst().filter(alarm -> !alarm.at().isAfter(end));
  }

  /** Comes to an instant that is due before the offset has come to this goal. */
  void moveTo(Instant due, Duration goal) {
    Duration wanted = Duration.between(source.instant(), due);
    if (wanted.compareTo(offset) > 0) {
      offset = wanted.compareTo(goal) > 0 ? goal : wanted;
    }
    // Nobody who runs at this instant is told an earlier one, whatever the other clock says next.
    latest.accumulateAndGet(due, PolicyClock::later);
  }

  void moveTo(Duration goal) {
    offset = goal;
  }

  /** Takes off all that are due at an instant, in order. */
  List<PolicyAlarm> takeDue(Instant due) {
    List<PolicyAlarm> taken = new ArrayList<>();
    for (PolicyAlarm alarm : alarms) {
      if (alarm.at().isAfter(due)) {
        break;
      }
      if (take(alarm)) {
        taken.add(alarm);
      }
    }
    return taken;
  }

  /** Ends all advances where they have come to; the loops may be gone. */
  @Override
  public void close() {
    List<ClockAdvance> open;
    synchronized (advances) {
      closed = true;
      open = List.copyOf(advances);
    }
    open.forEach(ClockAdvance::giveUp);
  }
}
