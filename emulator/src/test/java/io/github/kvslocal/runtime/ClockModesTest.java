package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.ClockPace.Mode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a policy clock goes, over a machine whose time passes as a test says. */
class ClockModesTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private Instant machine = START;
  private final PolicyClock clock = new PolicyClock(() -> machine);
  private final MachineLoop loop = new MachineLoop();
  private final List<String> rung = new ArrayList<>();

  @Test
  void frozenClockStandsUntilItIsAdvanced() throws RefusedException {
    clock.freeze();

    pass(MINUTE);

    assertThat(clock.instant()).isEqualTo(START);
    advance(MINUTE);
    assertThat(clock.instant()).isEqualTo(START.plus(MINUTE));
  }

  @Test
  void nothingRingsWhileTheClockIsFrozenButWhatAnAdvanceComesTo() throws RefusedException {
    set(10);
    set(70);
    clock.freeze();

    pass(Duration.ofDays(2));
    assertThat(rung).isEmpty();
    advance(MINUTE);

    assertThat(rung).containsExactly("10 at 10");
  }

  @Test
  void resumedClockGoesOnFromWhereItStood() {
    clock.freeze();
    pass(MINUTE);

    clock.resume();
    pass(Duration.ofSeconds(1));

    assertThat(clock.instant()).isEqualTo(START.plusSeconds(1));
    assertThat(clock.pace().mode()).isEqualTo(Mode.OFFSET);
    assertThat(clock.pace().ahead()).isEqualTo(MINUTE.negated());
  }

  @Test
  void resumedClockRingsWhatWaitedInWhatIsLeftOfItsTime() {
    set(10);
    clock.freeze();
    pass(MINUTE);

    clock.resume();
    pass(Duration.ofSeconds(9));
    assertThat(rung).isEmpty();
    pass(Duration.ofSeconds(1));

    assertThat(rung).containsExactly("10 at 10");
  }

  @Test
  void scaledClockRingsWhatWaitsInTime() throws RefusedException {
    set(3_600);
    clock.scale(60);

    pass(Duration.ofSeconds(59));
    assertThat(rung).isEmpty();
    pass(Duration.ofSeconds(1).plusNanos(1));

    assertThat(rung).containsExactly("3600 at 3600");
    assertThat(clock.pace().mode()).isEqualTo(Mode.SCALED);
  }

  @Test
  void slowClockTakesItsTime() throws RefusedException {
    set(1);
    clock.scale(0.01);

    pass(Duration.ofSeconds(99));
    assertThat(rung).isEmpty();
    pass(Duration.ofSeconds(2));

    assertThat(rung).containsExactly("1 at 1");
  }

  @Test
  void scaledClockCanBeAdvanced() throws RefusedException {
    clock.scale(10);
    pass(MINUTE);

    advance(MINUTE);

    assertThat(clock.instant()).isEqualTo(START.plus(MINUTE.multipliedBy(11)));
    assertThat(clock.offset()).isEqualTo(MINUTE);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {0, -1, 0.009, 1_000.1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE})
  void paceIsBounded(double times) {
    assertThatThrownBy(() -> clock.scale(times))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("0.01 to 1000");
  }

  @Test
  void clockIsSetAheadOfTheMachineAndWhatFallsDueOnTheWayRings() throws RefusedException {
    set(30);
    clock.freeze();

    settled(clock.setOffset(MINUTE));

    assertThat(rung).containsExactly("30 at 30");
    pass(MINUTE);
    assertThat(clock.instant()).isEqualTo(START.plus(MINUTE).plus(MINUTE));
  }

  @Test
  void clockThatFellBehindIsRealAgain() throws RefusedException {
    clock.freeze();
    pass(MINUTE);

    settled(clock.setOffset(Duration.ZERO));

    assertThat(clock.instant()).isEqualTo(machine);
    assertThat(clock.pace().mode()).isEqualTo(Mode.REAL);
  }

  @Test
  void clockThatIsAheadIsNotSetBack() throws RefusedException {
    advance(MINUTE);
    clock.freeze();

    assertThatThrownBy(() -> clock.setOffset(Duration.ZERO))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("never goes back");
    assertThat(clock.pace().mode()).isEqualTo(Mode.FROZEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P3651D", "-P3651D", "PT-9223372036854775808S"})
  void offsetIsBounded(String offset) {
    assertThatThrownBy(() -> clock.setOffset(Duration.parse(offset)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("3650 days");
  }

  @Test
  void clockIsSetToAnInstantThatIsAhead() throws RefusedException {
    clock.freeze();

    settled(clock.advanceTo(START.plus(MINUTE)));

    assertThat(clock.instant()).isEqualTo(START.plus(MINUTE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2026-11-20T12:00:00Z", "2026-11-20T11:59:59Z", "-999999999-01-01T00:00:00Z"})
  void clockIsNotSetToAnInstantThatIsOver(String instant) {
    assertThatThrownBy(() -> clock.advanceTo(Instant.parse(instant)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("never goes back");
  }

  @Test
  void clockThatIsFrozenWhileItIsAdvancedStopsWhereTheAdvanceEnds() throws RefusedException {
    set(30);
    CompletableFuture<Instant> advanced = clock.advance(MINUTE);

    clock.freeze();
    settled(advanced);
    pass(MINUTE);

    assertThat(clock.instant()).isEqualTo(START.plus(MINUTE));
  }

  /** Whatever is done to it, it is where the model says, and everything rings once and in time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void clockIsWhereTheModelSays(long seed) throws RefusedException {
    Random random = new Random(seed);
    Instant model = START;
    Instant before = START;
    double pace = 1;
    int alarms = 0;

    for (int step = 0; step < 300; step++) {
      Duration some = Duration.ofSeconds(1 + random.nextInt(600));
      switch (random.nextInt(9)) {
        case 0 -> {
          clock.freeze();
          pace = 0;
        }
        case 1 -> {
          clock.resume();
          pace = 1;
        }
        case 2 -> {
          pace = List.of(0.5, 2.0, 60.0, 1_000.0).get(random.nextInt(4));
          clock.scale(pace);
        }
        case 3 -> {
          advance(some);
          model = model.plus(some);
        }
        case 4 -> {
          Instant goal = machine.plus(some);
          if (goal.isBefore(model)) {
            assertThatThrownBy(() -> clock.setOffset(some)).isInstanceOf(RefusedException.class);
          } else {
            settled(clock.setOffset(some));
            model = goal;
            pace = 1;
          }
        }
        case 5 -> {
          settled(clock.advanceTo(model.plus(some)));
          model = model.plus(some);
        }
        case 6, 7 -> {
          set(Duration.between(START, model).plus(some).toSeconds());
          alarms++;
        }
        default -> {
          pass(some);
          model = model.plusMillis((long) (some.toMillis() * pace));
        }
      }

      Instant now = clock.instant();
      assertThat(now).as("seed %d, step %d", seed, step).isEqualTo(model).isAfterOrEqualTo(before);
      assertThat(clock.waiting(1_000)).allSatisfy(each -> assertThat(each.at()).isAfter(now));
      assertThat(rung.size() + clock.waitingCount()).isEqualTo(alarms);
      before = now;
    }
    assertThat(rung).isNotEmpty().allMatch(ClockModesTest::wasInTime);
  }

  /** Nothing rings early; an alarm of the fastest clock is late by what passes in a nanosecond. */
  private static boolean wasInTime(String alarm) {
    return alarm.replaceAll(" at .*", "").equals(alarm.replaceAll(".* at ", ""));
  }

  private void set(long second) {
    loop.schedule(
        START.plusSeconds(second),
        "it rings",
        () -> rung.add(second + " at " + Duration.between(START, clock.instant()).toSeconds()));
    loop.run();
  }

  private void advance(Duration by) throws RefusedException {
    settled(clock.advance(by));
  }

  private void settled(CompletableFuture<Instant> moved) {
    loop.run();
    assertThat(moved).isCompleted();
  }

  /** Lets time pass on the machine, from timer to timer. */
  private void pass(Duration some) {
    Instant end = machine.plus(some);
    loop.run();
    while (loop.ringFirstUntil(end)) {
      loop.run();
    }
    machine = end;
  }

  /** A loop by the machine's time. */
  private final class MachineLoop implements SessionLoop {
    private record Timer(Instant at, Runnable task) {}

    private final List<Runnable> tasks = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
        new PriorityQueue<>(Comparator.comparing(Timer::at));

    @Override
    public Instant now() {
      return clock.instant();
    }

    @Override
    public long nanoTime() {
      return Duration.between(START, machine).toNanos();
    }

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    @Override
    public Alarm schedule(Instant when, String what, Runnable task) {
      return clock.schedule(this, "somebody", when, what, task);
    }

    @Override
    public Alarm scheduleAfter(Duration delay, Runnable task) {
      Timer timer = new Timer(machine.plus(delay), task);
      timers.add(timer);
      return () -> timers.remove(timer);
    }

    void run() {
      while (!tasks.isEmpty()) {
        tasks.remove(0).run();
      }
    }

    boolean ringFirstUntil(Instant end) {
      Timer first = timers.peek();
      if (first == null || first.at().isAfter(end)) {
        return false;
      }
      timers.remove(first);
      machine = first.at();
      first.task().run();
      return true;
    }
  }
}
