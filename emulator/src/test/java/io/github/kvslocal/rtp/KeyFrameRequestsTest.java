package io.github.kvslocal.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyFrameRequestsTest {
  private static final long MILLI = 1_000_000;

  private final KeyFrameRequests requests = new KeyFrameRequests(Duration.ofSeconds(2));

  @Test
  void nothingIsAskedOfAStreamThatHasNotBegun() {
    requests.request(0);

    assertThat(requests.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void streamThatBeginsWithoutKeyFrameIsAskedUntilOneComes() {
    requests.streamStarted(0);

    assertThat(asked(0, 3_500)).containsExactly(150L, 1_150L, 2_150L, 3_150L);
  }

  @Test
  void streamThatBeginsWithAKeyFrameIsAskedWhenItHasGrownOld() {
    requests.streamStarted(0);
    requests.keyFrame(100 * MILLI);

    assertThat(asked(0, 2_500)).containsExactly(2_350L);
  }

  @Test
  void keyFrameThatIsArrivingIsNotAskedFor() {
    requests.streamStarted(0);
    requests.keyFrameBegins(0);
    requests.request(300 * MILLI);
    List<Long> asked = asked(0, 900);
    requests.keyFrame(900 * MILLI);

    assertThat(asked).isEmpty();
    assertThat(asked(900, 3_200)).containsExactly(3_150L);
  }

  @Test
  void keyFrameThatNeverIsWholeIsAskedForAfterASecond() {
    requests.streamStarted(0);
    requests.keyFrameBegins(100 * MILLI);

    assertThat(asked(0, 1_500)).containsExactly(1_100L);
  }

  @Test
  void lostKeyFrameIsAskedForAtOnce() {
    requests.streamStarted(0);
    requests.keyFrameBegins(0);

    requests.lost(400 * MILLI);

    assertThat(asked(400, 1_000)).containsExactly(400L);
  }

  @Test
  void senderThatMakesThemByItselfIsLeftAlone() {
    requests.streamStarted(0);
    List<Long> asked = new ArrayList<>();
    for (long at = 0; at < 20_000; at += 2_040) {
      requests.keyFrame(at * MILLI);
      asked.addAll(asked(at, at + 2_040));
    }

    assertThat(asked).isEmpty();
  }

  @Test
  void wishesAreThrottled() {
    requests.streamStarted(0);
    requests.keyFrame(0);
    List<Long> asked = new ArrayList<>();
    for (long at = 0; at < 2_000; at += 10) {
      requests.request(at * MILLI);
      asked.addAll(asked(at, at + 10));
    }

    assertThat(asked).containsExactly(0L, 500L, 1_000L, 1_500L);
  }

  @Test
  void senderThatMakesNoneIsAskedLessAndLessOften() {
    requests.streamStarted(0);

    assertThat(asked(0, 30_000))
        .containsExactly(150L, 1_150L, 2_150L, 3_150L, 4_150L, 6_150L, 10_150L, 18_150L, 26_150L);
  }

  private List<Long> asked(long from, long to) {
    List<Long> moments = new ArrayList<>();
    for (long at = from; at < to; at++) {
      if (requests.due(at * MILLI)) {
        requests.sent(at * MILLI);
        moments.add(at);
      }
    }
    return moments;
  }
}
