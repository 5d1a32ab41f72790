package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.PolicyClock.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyClockTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int MOST_STEPS = 10;

  /** The time under the clock, which stands still unless a test moves it. */
  private Instant machine = START;

  private final PolicyClock clock = new PolicyClock(() -> machine, MOST_STEPS);
  private final QueuedLoop ann = new QueuedLoop(clock, "ann");
  private final QueuedLoop bob = new QueuedLoop(clock, "bob");
  private final List<String> events = new ArrayList<>();

  @Test
  void clockGoesWithTheOneUnderItAsFarAheadAsItWasAdvanced() throws RefusedException {
    assertThat(clock.advance(MINUTE)).isCompletedWithValue(at(60));

    machine = at(5);

    assertThat(clock.instant()).isEqualTo(at(65));
    assertThat(clock.offset()).isEqualTo(MINUTE);
  }

  @Test
  void clockStandsStillWhileTheOneUnderItGoesBack() {
    machine = at(10);
    assertThat(clock.instant()).isEqualTo(at(10));

    machine = at(7);

    assertThat(clock.instant()).isEqualTo(at(10));
    machine = at(11);
    assertThat(clock.instant()).isEqualTo(at(11));
  }

  @Test
  void whatFallsDueRunsInTheOrderOfItsInstantsOnWhateverLoop() throws RefusedException {
    note(ann, 30);
    note(bob, 10);
    note(ann, 20);
    note(bob, 61);

    CompletableFuture<Instant> advanced = clock.advance(MINUTE);
    run();

    assertThat(events).containsExactly("bob at 10", "ann at 20", "ann at 30");
    assertThat(advanced).isCompletedWithValue(at(60));
  }

  @Test
  void whatIsDueAtOneInstantRunsInTheOrderInWhichItWasSet() throws RefusedException {
    ann.schedule(at(60), "first", () -> events.add("first"));
    ann.schedule(at(60), "second", () -> events.add("second"));

    var unused = clock.advance(MINUTE);
    run();

    assertThat(events).containsExactly("first", "second");
  }

  @Test
  void whatBeginsToWaitOnTheWayRunsOnTheWay() throws RefusedException {
    ann.schedule(
        at(180),
        "eviction",
        () -> {
          events.add("eviction " + seconds());
          ann.execute(() -> note(ann, 240));
        });

    CompletableFuture<Instant> advanced = clock.advance(Duration.ofMinutes(5));
    run();

    assertThat(events).containsExactly("eviction 180", "ann at 240");
    assertThat(advanced).isCompletedWithValue(at(300));
  }

  @Test
  void advanceHasSettledWhenTheTasksOfTasksHaveRun() throws RefusedException {
    ann.schedule(
        at(60),
        "it rings",
        () -> ann.execute(() -> ann.execute(() -> events.add("a task's task's task"))));

    CompletableFuture<Instant> advanced = clock.advance(MINUTE);
    assertThat(advanced).isNotDone();
    var unused = advanced.thenRun(() -> events.add("settled"));
    run();

    assertThat(events).containsExactly("a task's task's task", "settled");
  }

  @Test
  void whatAnEarlierTaskCancelsDoesNotRun() throws RefusedException {
    List<SessionLoop.Alarm> second = new ArrayList<>();
    ann.schedule(at(60), "first", () -> second.forEach(SessionLoop.Alarm::cancel));
    second.add(ann.schedule(at(60), "second", () -> events.add("second")));

    var unused = clock.advance(MINUTE);
    run();

    assertThat(events).isEmpty();
    assertThat(clock.waitingCount()).isZero();
  }

  @Test
  void alarmRingsByItsTimerIfNobodyMovesTheClock() {
    note(ann, 60);
    machine = at(60);

    ann.ringTimers();

    assertThat(events).containsExactly("ann at 60");
    assertThat(clock.waitingCount()).isZero();
  }

  @Test
  void whatAnAdvanceDoesNotComeToRingsInWhatIsLeftOfItsTime() throws RefusedException {
    note(ann, 180);

    var unused = clock.advance(Duration.ofSeconds(179));
    run();
    assertThat(ann.timers()).containsExactly(Duration.ofSeconds(1));
    machine = at(1);
    ann.ringTimers();

    assertThat(events).containsExactly("ann at 180");
  }

  @Test
  void alarmWaitsForTheOneUnderTheClockWhereThatGoesBack() {
    machine = at(59);
    note(ann, 60);
    machine = at(0);

    ann.ringTimers();

    assertThat(ann.timers()).containsExactly(Duration.ofSeconds(60));
    assertThat(events).isEmpty();
  }

  @Test
  void alarmWhoseTimerIsEarlyWaitsOn() {
    note(ann, 7_200);
    assertThat(ann.timers()).containsExactly(Duration.ofHours(1));
    machine = at(3_600);

    ann.ringTimers();

    assertThat(events).isEmpty();
    assertThat(ann.timers()).containsExactly(Duration.ofHours(1));
  }

  @Test
  void alarmThatRangLeavesNoTimerBehind() throws RefusedException {
    note(ann, 60);

    var unused = clock.advance(MINUTE);
    run();

    assertThat(ann.timers()).isEmpty();
  }

  @Test
  void alarmThatIsLateAlreadyRingsAtOnce() {
    note(ann, -5);

    assertThat(ann.timers()).containsExactly(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT-2562047788015215H", "P3651D", "PT2562047788015215H"})
  void clockIsMovedNeitherBackNorTooFar(String by) {
    assertThatThrownBy(() -> clock.advance(Duration.parse(by)))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The clock ");
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void allAdvancesTogetherAreBounded() throws RefusedException {
    var unused = clock.advance(PolicyClock.FARTHEST.minusSeconds(1));

    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(2)))
        .hasMessageContaining("3650 days in all");
    assertThat(clock.advance(Duration.ofSeconds(1))).isCompleted();
  }

  @Test
  void advancesRunOneBehindTheOther() throws RefusedException {
    note(ann, 60);
    note(ann, 90);

    CompletableFuture<Instant> one = clock.advance(MINUTE);
    CompletableFuture<Instant> other = clock.advance(MINUTE);
    var unused = one.thenRun(() -> events.add("settled " + seconds()));
    assertThat(other).isNotDone();
    run();

    assertThat(events).containsExactly("ann at 60", "settled 60", "ann at 90");
    assertThat(other).isCompletedWithValue(at(120));
  }

  @Test
  void noMoreAdvancesWaitThanCanBeCounted() throws RefusedException {
    note(ann, 1);
    for (int i = 0; i <= PolicyClock.MOST_WAITING_ADVANCES; i++) {
      var unused = clock.advance(MINUTE);
    }

    assertThatThrownBy(() -> clock.advance(MINUTE)).hasMessageContaining("64 advances");
    run();
    assertThat(clock.offset()).isEqualTo(MINUTE.multipliedBy(65));
  }

  @Test
  void advanceThatComesToNoEndStopsWhereItIsAndTheNextOneGoesOn() throws RefusedException {
    SessionLoop.Alarm[] again = new SessionLoop.Alarm[1];
    Runnable[] everySecond = new Runnable[1];
    everySecond[0] =
        () -> again[0] = ann.schedule(clock.instant().plusSeconds(1), "tick", everySecond[0]);
    everySecond[0].run();

    CompletableFuture<Instant> advanced = clock.advance(MINUTE);
    CompletableFuture<Instant> behind = clock.advance(Duration.ofSeconds(5));
    run();

    assertThat(advanced)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(RefusedException.class)
        .withMessageContaining("stopped at 2026-11-20T12:00:10Z, PT50S before its goal")
        .withMessageContaining("(tick)");
    assertThat(behind).isCompletedWithValue(at(15));
    again[0].cancel();
    assertThat(clock.advance(PolicyClock.FARTHEST.minusSeconds(15))).isCompleted();
  }

  @Test
  void endOfTheClockEndsWhatWaitsForIt() throws RefusedException {
    note(ann, 30);
    CompletableFuture<Instant> underWay = clock.advance(MINUTE);
    CompletableFuture<Instant> behind = clock.advance(MINUTE);

    clock.close();

    assertThat(underWay).isCompletedExceptionally();
    assertThat(behind).isCompletedExceptionally();
    assertThatThrownBy(() -> clock.advance(MINUTE)).hasMessageContaining("emulator ends");
    run();
  }

  @Test
  void clockTellsTheFirstOfThoseThatWait() {
    note(ann, 60);
    note(bob, 30);
    note(ann, 90);

    assertThat(clock.waiting(2))
        .containsExactly(
            new Waiting(at(30), "bob", "it is noted"), new Waiting(at(60), "ann", "it is noted"));
    assertThat(clock.waitingCount()).isEqualTo(3);
  }

  /** Runs both loops until none of them has anything left. */
  private void run() {
    while (ann.runOne() || bob.runOne()) {
      // They take turns.
    }
  }

  private void note(QueuedLoop loop, long second) {
    loop.schedule(at(second), "it is noted", () -> events.add(loop.whose() + " at " + seconds()));
  }

  private long seconds() {
    return Duration.between(START, clock.instant()).toSeconds();
  }

  private static Instant at(long second) {
    return START.plusSeconds(second);
  }
}
