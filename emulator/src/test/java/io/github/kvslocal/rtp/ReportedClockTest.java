package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportedClockTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  private final ReportedClock clock = new ReportedClock();

  @Test
  void clockWithoutDriftKeepsItsOffset() {
    report(0, 20, 1.0, 0);

    assertThat(clock.offset(90 * SECOND)).isCloseTo(0, within(MILLI));
  }

  @Test
  void itGoesOnAtThePaceReportedThoughEachReportIsALittleOff() {
    Random noise = new Random(3);
    for (int second = 0; second < 40; second++) {
      long wall = second * SECOND * 1_005 / 1_000 + noise.nextInt(10) * MILLI;
      clock.report(second * SECOND, wall);
    }

    assertThat(clock.offset(100 * SECOND)).isCloseTo(500 * MILLI, within(30 * MILLI));
  }

  @Test
  void stepOfTheWallClockIsNoPace() {
    report(0, 20, 1.001, 0);
    report(20, 21, 1.001, 3_600 * SECOND);

    assertThat(clock.offset(30 * SECOND) - clock.offset(20 * SECOND))
        .isCloseTo(10 * MILLI, within(MILLI));
    assertThat(clock.offset(20 * SECOND)).isCloseTo(3_600 * SECOND, within(30 * MILLI));
  }

  @Test
  void overtakenReportIsIgnored() {
    report(0, 20, 1.001, 0);
    long before = clock.offset(60 * SECOND);

    clock.report(15 * SECOND, 15 * SECOND * 1_001 / 1_000);

    assertThat(clock.offset(60 * SECOND)).isEqualTo(before);
  }

  @Test
  void noClockIsSupposedToBeSoOdd() {
    report(0, 20, 1.009, 0);
    assertThat(clock.drift(SECOND)).isCloseTo(9 * MILLI, within(MILLI));

    report(20, 60, 1.1, 0);

    assertThat(clock.drift(SECOND)).isZero();
  }

  @Test
  void deviceThatStallsAgainAndAgainHasNoPace() {
    for (int second = 0; second < 20; second++) {
      clock.report(second * SECOND, second * SECOND + second / 5 * (90 * MILLI));
    }

    assertThat(clock.offset(30 * SECOND)).isEqualTo(270 * MILLI);
  }

  /** A report in each of these seconds by a wall clock so much faster. */
  private void report(int from, int to, double pace, long step) {
    for (int second = from; second < to; second++) {
      clock.report(second * SECOND, (long) (second * SECOND * pace) + step);
    }
  }
}
