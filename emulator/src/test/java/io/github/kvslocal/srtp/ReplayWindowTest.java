package io.github.kvslocal.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayWindowTest {
  private final ReplayWindow window = new ReplayWindow();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2_047, 2_048, 32_767, 32_768, 65_535})
  void aNumberIsAdmittedOnce(int first) {
    assertThat(window.admit(first)).isTrue();
    assertThat(window.admit(first)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2_047, 65_535})
  void whatIsJustWithinTheWindowIsAdmittedLate(int highest) {
    window.admit(highest);

    boolean within = window.admit((highest - ReplayWindow.SIZE + 1) & 0xFFFF);
    boolean beyond = window.admit((highest - ReplayWindow.SIZE) & 0xFFFF);

    assertThat(within).isTrue();
    assertThat(beyond).isFalse();
  }

  @Test
  void aJumpForgetsWhatItLeavesBehind() {
    window.admit(5);
    window.admit(5 + ReplayWindow.SIZE);

    assertThat(window.admit(5)).isFalse();
    assertThat(window.admit(6)).isTrue();
  }

  /** Three rounds of all 65536 numbers, jumping and lagging, beside a set that remembers all. */
  @Test
  void anyOrderIsJudgedAsByASetThatRemembersEverything() {
    Random random = new Random(20_261_120);
    Set<Integer> seen = new HashSet<>();
    int highest = 0;
    seen.add(highest);
    window.admit(highest);

    while (highest < 3 * 65_536) {
      int next = highest + random.nextInt(5_000) - 4_000 * random.nextInt(2);
      boolean expected = next > highest - ReplayWindow.SIZE && !seen.contains(next);
      assertThat(window.admit(next & 0xFFFF)).as("%d after %d", next, highest).isEqualTo(expected);
      if (next > highest - ReplayWindow.SIZE) {
        seen.add(next);
        highest = Math.max(highest, next);
      }
    }
  }
}
