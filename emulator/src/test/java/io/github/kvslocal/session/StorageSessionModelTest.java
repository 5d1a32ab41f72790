package io.github.kvslocal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The session against a reference that shares no thought with it, in thousands of histories. */
class StorageSessionModelTest {
  private static final long HISTORIES = 10_000;

  @Test
  void everyHistoryEndsAsTheRulesSay() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      List<SessionHistory.Step> steps = SessionHistory.random(seed);
      if (SessionHistory.firstDifference(steps).isPresent()) {
        report(seed, SessionHistory.shortest(steps));
      }
    }
  }

  private static void report(long seed, List<SessionHistory.Step> shortest) {
    Optional<String> difference = SessionHistory.firstDifference(shortest);
    fail(
        "seed %d, in %d steps: %s%n%s"
            .formatted(seed, shortest.size(), shortest, difference.orElse("")));
  }

  @Test
  void aHistoryIsTheSameForTheSameSeed() {
    assertThat(SessionHistory.random(4711)).isEqualTo(SessionHistory.random(4711));
  }
}
