package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Policy time: that of another clock, ahead of it by what users have advanced it. Users can also
 * stop it, and have it go faster or slower than the other one. It never goes backwards: where the
 * other clock does, it stands still until that has caught up. Every thread may ask it and move it.
 *
 * <p>Whatever waits for policy time is registered here, so that a moved clock is noticed at once
 * and users can be told what waits.
 */
public final class PolicyClock implements InstantSource, AutoCloseable {
  /** How far it can be advanced in all. */
  public static final Duration FARTHEST = Duration.ofDays(3_650);

  /** It goes at most so many times as fast as the machine's clock. */
  public static final double FASTEST = 1_000;

  /** It goes at least so many times as fast, unless it stands still. */
  public static final double SLOWEST = 0.01;

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

  /** All that an instant depends on besides the source, so that every change is one exchange. */
  private final AtomicReference<PolicyTime> time = new AtomicReference<>(PolicyTime.real());

  private final ConcurrentSkipListSet<PolicyAlarm> alarms =
      new ConcurrentSkipListSet<>(PolicyAlarm.IN_ORDER);
  private final AtomicLong numbers = new AtomicLong();

  /** The one that is under way, and those behind it. */
  private final Deque<ClockAdvance> advances = new ArrayDeque<>();

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
    return time.updateAndGet(now -> now.told(now.line(source.instant()))).latest();
  }

  /** How it goes at present. */
  public ClockPace pace() {
    Instant machine = source.instant();
    return ClockPace.of(time.updateAndGet(now -> now.told(now.line(machine))), machine);
  }

  /**
   * How long the machine takes to an instant if nobody moves the clock; less than nothing when it
   * is over. Longer than from {@link #instant} on while the clock stands still.
   */
  Duration until(Instant at) {
    return time().until(at, source.instant());
  }

  private PolicyTime time() {
    return Objects.requireNonNull(time.get());
  }

  /** By how much users have advanced it. */
  public Duration offset() {
    return time().offset();
  }

  /**
   * Stops it where it is, until it is advanced or resumed. An advance that is under way goes on.
   */
  public void freeze() {
    go(PolicyTime.FROZEN);
  }

  /** Has it go on from where it is, as fast as the machine's clock. */
  public void resume() {
    go(PolicyTime.REAL);
  }

  /**
   * Has it go on from where it is, so many times as fast as the machine's clock. What waits for it
   * wakes up when it has come there.
   *
   * @param times 0.01 to 1,000, to the thousandth
   * @throws RefusedException if it is not
   */
  public void scale(double times) throws RefusedException {
    // Written so that what is no number is refused as well.
    if (!(times >= SLOWEST && times <= FASTEST)) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The clock can go 0.01 to 1000 times as fast as the machine's, but not "
              + times
              + " times; to stop it, freeze it.");
    }
    go((int) Math.round(times * PolicyTime.REAL));
  }

  private void go(int thousandths) {
    synchronized (advances) {
      time.updateAndGet(now -> now.paced(thousandths, source.instant()));
    }
    LOG.atInfo()
        .addKeyValue("scale", thousandths / (double) PolicyTime.REAL)
        .log("policy time goes at another pace");
    // After the exchange: what is set meanwhile is either found here or has seen the new pace.
    alarms.forEach(PolicyAlarm::rearm);
  }

  /**
   * Has it go on as fast as the machine's clock and so much ahead of it, or behind where this is
   * negative; whatever falls due on the way there runs as in an {@link #advance}. With zero it goes
   * with the machine's clock again.
   *
   * @return completes as that of an advance does
   * @throws RefusedException if it would have to go back for that
   */
  public CompletableFuture<Instant> setOffset(Duration ahead) throws RefusedException {
    if (ahead.compareTo(FARTHEST) > 0 || ahead.compareTo(FARTHEST.negated()) < 0) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The clock can be %d days ahead of the machine's or behind it, but not %s."
              .formatted(FARTHEST.toDays(), ahead));
    }
    synchronized (advances) {
      // Counted from where the advances that wait leave it.
      PolicyTime real = time().paced(PolicyTime.REAL, source.instant());
      Duration rest = ahead.minus(real.aheadUnmoved()).minus(promised);
      if (rest.isNegative()) {
        throw new RefusedException(
            Reason.INVALID_ARGUMENT,
            ("The clock never goes back, and it is %s ahead of the machine's already, so it cannot"
                    + " be %s ahead. Advance it, let it go on from where it is (mode 'offset'"
                    + " without an 'offset'), or start another emulator.")
                .formatted(ahead.minus(rest), ahead));
      }
      if (!rest.isZero()) {
        requireMovable(rest);
      }
      // Whoever changes the pace waits for this lock, so it is still what was counted from.
      resume();
      return rest.isZero() ? settled() : advance(rest);
    }
  }

  /** Completes with the advances that wait at present. */
  private CompletableFuture<Instant> settled() {
    ClockAdvance last = advances.peekLast();
    return last == null ? CompletableFuture.completedFuture(instant()) : last.done();
  }

  /**
   * Moves it forward to an instant, as an {@link #advance} does.
   *
   * @throws RefusedException if it is there already, or past it, or cannot be moved so far
   */
  public CompletableFuture<Instant> advanceTo(Instant goal) throws RefusedException {
    synchronized (advances) {
      Instant from = instant().plus(promised).minus(offset());
      if (!goal.isAfter(from)) {
        throw new RefusedException(
            Reason.INVALID_ARGUMENT,
            "The clock never goes back, so it cannot be set from %s to %s; start another emulator."
                .formatted(from, goal));
      }
      return advance(Duration.between(from, goal));
    }
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
          .addKeyValue("offset", offset())
          .log("policy time was advanced");
    } else {
      LOG.atWarn()
          .addKeyValue("by", advance.by())
          .addKeyValue("offset", offset())
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
    Instant end = time().unmoved(source.instant()).plus(goal);
    return alarms.stream().findFirst().filter(alarm -> !alarm.at().isAfter(end));
  }

  /** Comes to an instant that is due before the offset has come to this goal. */
  void moveTo(Instant due, Duration goal) {
    time.updateAndGet(
        now -> {
          Duration wanted = Duration.between(now.unmoved(source.instant()), due);
          // Nobody who runs at this instant is told an earlier one, whatever the source says next.
          return now.advancedTo(wanted.compareTo(goal) > 0 ? goal : wanted).told(due);
        });
  }

  void moveTo(Duration goal) {
    time.updateAndGet(now -> now.advancedTo(goal));
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
