package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NackScheduleTest {
  private static final long MILLI = 1_000_000;

  private static final int CAPACITY = 64;

  private final RepairPace pace = new RepairPace(true, ReceiveTiming.DEFAULT);
  private final NackSchedule schedule = new NackSchedule(CAPACITY, pace);
  private final int[] numbers = new int[4];

  @Test
  void reorderingIsToleratedBeforeTheFirstNack() {
    schedule.missing(65_535, 65_536, 0);

    assertThat(schedule.nextDeadline()).isEqualTo(10 * MILLI);
    assertThat(take(10 * MILLI - 1)).isEmpty();
    assertThat(take(10 * MILLI)).containsExactly(65_535, 0);
  }

  @Test
  void whatIsFoundMissingInFrontIsAskedForInFront() {
    schedule.missing(20, 21, 0);
    schedule.missing(10, 11, 0);
    schedule.missing(15, 14, 0);

    assertThat(take(10 * MILLI)).containsExactly(10, 11, 20, 21);
  }

  @Test
  void itIsRepeatedEverSlowerAndGivenUp() {
    schedule.missing(1, 1, 0);

    List<Long> asked = new ArrayList<>();
    for (long at = 0; at < 3_000; at++) {
      if (!take(at * MILLI).isEmpty()) {
        asked.add(at);
      }
    }

    assertThat(asked).startsWith(10L, 50L, 100L, 160L).hasSize(10);
    assertThat(schedule.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(schedule.sent()).isEqualTo(10);
  }

  @Test
  void whatArrivedOrWasSkippedIsNotAskedFor() {
    schedule.missing(1, 5, 0);

    schedule.arrived(4);
    schedule.forgetBefore(3);

    assertThat(take(10 * MILLI)).containsExactly(3, 5);
  }

  @Test
  void moreThanFitsIsAskedForAtOnceAfterwards() {
    schedule.missing(1, 6, 0);

    assertThat(take(10 * MILLI)).containsExactly(1, 2, 3, 4);
    assertThat(take(10 * MILLI)).containsExactly(5, 6);
  }

  @Test
  void ofABurstBeyondItsRoomTheNewestAreAskedFor() {
    schedule.missing(1, 3, 0);
    schedule.missing(10, 10 + CAPACITY, 0);

    assertThat(take(10 * MILLI)).containsExactly(11, 12, 13, 14);
  }

  @Test
  void itIsRepeatedAtThePaceOfTheAnswers() {
    schedule.missing(1, 2, 0);
    take(10 * MILLI);
    assertThat(schedule.answered(1, 110 * MILLI)).isTrue();

    take(110 * MILLI);

    // A round trip of 100 ms, a quarter of it and 5 ms.
    assertThat(schedule.nextDeadline()).isEqualTo((110 + 130 + 32) * MILLI + MILLI / 2);
  }

  @Test
  void answerThatComesTooLateIsLearntFrom() {
    schedule.missing(1, 1, 0);
    take(10 * MILLI);
    schedule.forgetBefore(2);

    assertThat(schedule.answered(1, 610 * MILLI)).isTrue();
    assertThat(schedule.answered(1, 620 * MILLI)).isFalse();

    assertThat(pace.hold(620 * MILLI)).isEqualTo(2_000 * MILLI);
  }

  private List<Integer> take(long now) {
    int count = schedule.take(now, numbers);
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(numbers[i]);
    }
    return taken;
  }
}
