package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResendBudgetTest {
  private static final long SECOND = 1_000_000_000L;

  private final ResendBudget budget = new ResendBudget();

  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND, 1L << 60})
  void aBurstIsHadAtOnceAndThenTwoThousandASecond(long start) {
    assertThat(taken(start, 1_000)).isEqualTo(512);

    assertThat(taken(start + 499_999, 10)).isZero();
    assertThat(taken(start + 500_000, 10)).isEqualTo(1);
    assertThat(taken(start + SECOND / 10, 1_000)).isEqualTo(199);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3_600})
  void whatIsNotUsedIsNotSavedBeyondTheBurst(long seconds) {
    assertThat(taken(0, 1_000)).isEqualTo(512);

    assertThat(taken(seconds * SECOND, 1_000)).isEqualTo(512);
  }

  private int taken(long now, int wanted) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      taken += budget.take(now) ? 1 : 0;
    }
    return taken;
  }
}
