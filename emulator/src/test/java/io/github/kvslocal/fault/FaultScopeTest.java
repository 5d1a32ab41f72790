package io.github.kvslocal.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The channels that a rule names. */
class FaultScopeTest {
  private static final String PREFIX = "arn:aws:kinesisvideo:us-east-1:000000000000:channel/";

  @ParameterizedTest
  @CsvSource({
    "door/1700000000000, door/1700000000000, true",
    "door/1700000000000, door/*, true",
    "door/1700000000000, door/1700000000001, false",
    "door/1700000000000, gate/*, false",
    "door/1700000000000, doo/*, false"
  })
  void channelOfAnArnIsItselfAlsoWhereItIsCalledByName(String wanted, String at, boolean covered) {
    FaultScope scope = new FaultScope("", PREFIX + wanted, "");

    String name = at.substring(0, at.indexOf('/'));

    assertThat(scope.covers(new Occasion("DescribeSignalingChannel", name, PREFIX + at, "")))
        .isEqualTo(covered);
  }
}
