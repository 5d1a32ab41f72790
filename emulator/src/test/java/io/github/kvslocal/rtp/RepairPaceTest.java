package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepairPaceTest {
  private static final long MILLI = 1_000_000;

  private final RepairPace asking = new RepairPace(true, ReceiveTiming.DEFAULT);
  private final RepairPace waiting = new RepairPace(false, ReceiveTiming.DEFAULT);

  @Test
  void ofAnUnknownPathLittleIsSupposed() {
    assertThat(asking.tolerance(0)).isEqualTo(10 * MILLI);
    assertThat(asking.repeat(1)).isEqualTo(40 * MILLI);
    assertThat(asking.hold(0)).isEqualTo(500 * MILLI);
    assertThat(waiting.hold(0)).isEqualTo(100 * MILLI);
  }

  @Test
  void longerWayIsGivenTheTimeOfAsManyRequests() {
    asking.answered(100 * MILLI);

    assertThat(asking.repeat(1)).isEqualTo(130 * MILLI);
    assertThat(asking.repeat(3)).isEqualTo(195 * MILLI);
    assertThat(asking.hold(0)).isBetween(1_600 * MILLI, 1_605 * MILLI);
  }

  @Test
  void bothHoldsAndAllWaitsHaveBounds() {
    asking.answered(0);
    assertThat(asking.repeat(1)).isEqualTo(RepairPace.SHORTEST_REPEAT);
    assertThat(asking.hold(0)).isEqualTo(ReceiveTiming.DEFAULT.lossHold().toNanos());
    RepairPace far = new RepairPace(true, ReceiveTiming.DEFAULT);
    far.answered(9_000 * MILLI);
    far.overtaken(9_000 * MILLI, 0);
    waiting.overtaken(9_000 * MILLI, 0);

    assertThat(far.repeat(1)).isEqualTo(RepairPace.LONGEST_REPEAT);
    assertThat(far.tolerance(0)).isEqualTo(RepairPace.LONGEST_TOLERANCE);
    assertThat(far.hold(0)).isEqualTo(ReceiveTiming.DEFAULT.longestLossHold().toNanos());
    assertThat(waiting.hold(0)).isEqualTo(ReceiveTiming.DEFAULT.longestReorderHold().toNanos());
  }

  @Test
  void answerToASecondRequestDoesNotMakeTheWayLonger() {
    asking.answered(50 * MILLI);
    asking.answered(120 * MILLI);

    assertThat(asking.repeat(1)).isEqualTo(67 * MILLI + MILLI / 2);
  }

  @Test
  void wayThatHasBecomeLongerIsNoticedAfterSomeAnswers() {
    asking.answered(50 * MILLI);
    for (int i = 0; i < 16; i++) {
      asking.answered(100 * MILLI);
    }

    assertThat(asking.repeat(1)).isEqualTo(130 * MILLI);
  }

  @Test
  void disorderIsToleratedAndForgottenAfterTwentySeconds() {
    asking.overtaken(24 * MILLI, 0);
    assertThat(asking.tolerance(0)).isEqualTo(30 * MILLI);
    assertThat(asking.tolerance(19_999 * MILLI)).isEqualTo(30 * MILLI);

    assertThat(asking.tolerance(20_000 * MILLI)).isEqualTo(10 * MILLI);
  }

  @Test
  void whereNothingIsAskedForTheHoldIsTwiceTheDisorder() {
    waiting.overtaken(80 * MILLI, 0);

    assertThat(waiting.hold(0)).isEqualTo(160 * MILLI);
  }
}
