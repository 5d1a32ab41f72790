package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardedLoopTest {
  private final ManualLoop loop = new ManualLoop(Instant.EPOCH);
  private final List<Throwable> bugs = new ArrayList<>();
  private final GuardedLoop guarded = new GuardedLoop(loop, bugs::add);

  static List<Throwable> bugs() {
    return List.of(new IllegalStateException("a bug on purpose"), new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void everyBugIsReportedWhereverItIsMet(Throwable bug) {
    guarded.execute(() -> meet(bug));
    guarded.schedule(Instant.EPOCH.plusSeconds(1), "it is met", () -> meet(bug));
    guarded.scheduleAfter(Duration.ofSeconds(2), () -> meet(bug));

    loop.advance(Duration.ofSeconds(2));

    assertThat(bugs).containsExactly(bug, bug, bug);
  }

  private static void meet(Throwable bug) {
    if (bug instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) bug;
  }
}
