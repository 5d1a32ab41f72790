package io.github.kvslocal.rtp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SequenceNumberTest {
  @Test
  void distanceIsTheSameFromEveryStart() {
    for (int start = 0; start < SequenceNumber.COUNT; start++) {
      assertThat(SequenceNumber.distance(start, SequenceNumber.plus(start, 1))).isEqualTo(1);
      assertThat(SequenceNumber.distance(start, SequenceNumber.plus(start, -1))).isEqualTo(-1);
      assertThat(SequenceNumber.distance(start, SequenceNumber.plus(start, 32_767)))
          .isEqualTo(32_767);
      assertThat(SequenceNumber.distance(start, SequenceNumber.plus(start, 32_768)))
          .isEqualTo(-32_768);
    }
  }

  @Test
  void unwrappingCountsOnPastTheWrap() {
    long count = 65_530;

    for (int i = 1; i <= 200_000; i++) {
      count = SequenceNumber.unwrap(count, (65_530 + i) & 0xFFFF);
    }

    assertThat(count).isEqualTo(265_530);
  }

  @Test
  void unwrappingGoesBackBeforeTheWrap() {
    assertThat(SequenceNumber.unwrap(65_536, 65_535)).isEqualTo(65_535);
    assertThat(SequenceNumber.unwrap(65_535, 0)).isEqualTo(65_536);
    assertThat(SequenceNumber.unwrap(0, 65_535)).isEqualTo(-1);
  }
}
