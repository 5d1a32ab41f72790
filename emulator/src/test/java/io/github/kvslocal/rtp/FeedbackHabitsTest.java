package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often key frames are asked for when faults have a say. */
class FeedbackHabitsTest {
  private static final long SECOND = 1_000_000_000L;

  private final KeyFrameRequests requests = new KeyFrameRequests(Duration.ofSeconds(2));

  @BeforeEach
  void begin() {
    requests.streamStarted(0);
    requests.request(0);
  }

  @Test
  void noneIsAskedForHoweverMuchItIsNeededUntilTheHabitEnds() {
    requests.ask(FeedbackHabits.NEVER);
    assertThat(requests.due(100 * SECOND)).isFalse();

    requests.ask(FeedbackHabits.AS_NEEDED);

    assertThat(requests.due(100 * SECOND)).isTrue();
  }

  @Test
  void theyAreAskedForAgainAndAgainAlthoughTheyCome() {
    requests.ask(Duration.ofMillis(100));
    requests.sent(SECOND);
    requests.keyFrame(SECOND + 1);

    assertThat(requests.nextDeadline()).isEqualTo(SECOND + SECOND / 10);
  }
}
