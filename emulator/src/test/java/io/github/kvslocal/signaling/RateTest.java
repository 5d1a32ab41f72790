package io.github.kvslocal.signaling;

import static io.github.kvslocal.signaling.Channel.viewer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Participant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits page: 5 offers, 5 answers and 20 candidates per second and connection. */
class RateTest {
  private static final Instant START = Channel.START;

  @Test
  void asManyAsFitIntoASecondMayComeAtOnce() {
    Rate rate = new Rate(5);
    for (int i = 0; i < 5; i++) {
      assertThat(rate.take(START)).isTrue();
    }

    assertThat(rate.take(START)).isFalse();
    assertThat(rate.take(START.plusMillis(199))).isFalse();
    assertThat(rate.take(START.plusMillis(200))).isTrue();
    assertThat(rate.take(START.plusMillis(200))).isFalse();
  }

  @Test
  void aClockThatStepsBackSilencesNobody() {
    Rate rate = new Rate(5);
    rate.take(START.plusSeconds(3600));

    assertThat(rate.take(START)).isTrue();
  }

  @Test
  void aPauseGivesNoMoreThanASecondsWorth() {
    Rate rate = new Rate(20);
    rate.take(START);
    Instant later = START.plusSeconds(3600);
    for (int i = 0; i < 20; i++) {
      assertThat(rate.take(later)).isTrue();
    }

    assertThat(rate.take(later)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"SDP_OFFER, 5", "SDP_ANSWER, 5", "ICE_CANDIDATE, 20"})
  void messagesBeyondTheDocumentedRateAreDeclinedWhereItIsEnforced(MessageType type, int most) {
    Channel channel = new Channel(SignalingLimits.DOCUMENTED.withRatesEnforced(true));
    ConnectionId master = channel.open(Participant.MASTER);
    channel.open(viewer("ann"));
    for (int i = 0; i < most; i++) {
      channel.say(master, type, "ann", "x");
    }
    assertThat(channel.done()).hasSize(most);

    channel.say(master, type, "ann", "x", "c");
    assertThat(channel.done()).containsExactly("master hears STATUS_RESPONSE c LIMIT_EXCEEDED");
    channel.advance(Duration.ofSeconds(1));
    channel.say(master, type, "ann", "x", "c");

    assertThat(channel.done()).hasSize(1).first().asString().startsWith("viewer ann hears");
  }

  @Test
  void noRateIsEnforcedByDefault() {
    Channel channel = new Channel();
    ConnectionId ann = channel.open(viewer("ann"));
    channel.open(Participant.MASTER);

    for (int i = 0; i < 100; i++) {
      channel.say(ann, MessageType.ICE_CANDIDATE, "", "x");
    }

    assertThat(channel.done()).hasSize(100);
  }
}
