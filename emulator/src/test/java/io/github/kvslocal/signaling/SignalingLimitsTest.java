package io.github.kvslocal.signaling;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignalingLimitsTest {
  private static final Duration SOME = Duration.ofSeconds(1);
  private static final Duration NONE = Duration.ZERO;

  @ParameterizedTest
  @MethodSource
  void whatCannotBeIsSaid(ThrowingCallable made, String complaint) {
    assertThatThrownBy(made)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }

  static Arguments[] whatCannotBeIsSaid() {
    return new Arguments[] {
      bad(() -> life(NONE, NONE, SOME, SOME, NONE), "needs some time"),
      bad(() -> life(SOME, NONE, NONE, SOME, NONE), "needs some time"),
      bad(() -> life(SOME, NONE, SOME, NONE, NONE), "needs some time"),
      bad(() -> life(SOME, SOME.plusNanos(1), SOME, SOME, NONE), "within a socket's life"),
      bad(() -> life(SOME, NONE, SOME, SOME, SOME.negated()), "pings"),
      bad(() -> new SignalingLimits.Rates(5, 0, 20, true), "at least 1"),
      bad(() -> new SignalingLimits.Waiting(1, -1, 1), "negative"),
    };
  }

  private static Arguments bad(ThrowingCallable made, String complaint) {
    return Arguments.of(made, complaint);
  }

  private static void life(
      Duration longest, Duration grace, Duration idle, Duration iceServers, Duration pings) {
    var unused = new SignalingLimits.Lifetime(longest, grace, idle, iceServers, SOME, pings);
  }
}
