package io.github.kvslocal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "error=ThrottlingException",
        "error=ResourceNotFoundException status=418",
        "latency=250ms",
        "latency=1.5us",
        "reset=before",
        "reset=after",
        "withhold-offer",
        "delay-offer=5s",
        "repeat-offer=2",
        "candidates-first",
        "drop-socket",
        "drop-socket=1011 after=2s",
        "go-away grace=60s",
        "go-away after=5s grace=0s",
        "reconnect-ice-server after=1s",
        "status-response=InvalidArgumentException",
        "ignore-checks",
        "wrong-fingerprint",
        "silence",
        "silence after=2s",
        "network loss=0.03 delay=25ms seed=7",
        "network in.loss=0.01 out.burst=0.01:0.25:0.9 out.jitter=10ms out.rate=300.5kbit",
        "network delay=1ms reorder=0.01 duplicate=0.02 corrupt=0.5 rate=64kbit queue=1s",
        "pli=none",
        "pli=100ms",
        "bandwidth=300kbit",
        "latency=1s operation=JoinStorageSession channel=door client=ann count=2 probability=0.5"
            + " ttl=90s seed=-7"
      })
  void whatIsReadIsWrittenTheSameAndReadAgain(String text) throws Exception {
    List<FaultRule> rules = FaultText.parse(text);

    assertThat(rules).singleElement().hasToString(withoutThirds(text));
    assertThat(FaultText.parse(rules.get(0).toString())).isEqualTo(rules);
  }

  /** Rates are kept to the bit. */
  private static String withoutThirds(String text) {
    return text.replace("64kbit", "64.000kbit").replace("300.5kbit", "300.500kbit");
  }

  @Test
  void severalRulesHaveTheWordAndBetweenThem() throws Exception {
    List<FaultRule> rules = FaultText.parse(" withhold-offer count=1  and latency=1s ");

    assertThat(rules)
        .containsExactly(
            FaultRule.of(new Fault.WithholdOffer()).times(1),
            FaultRule.of(new Fault.Latency(Duration.ofSeconds(1))));
  }

  @Test
  void timesAndPercentagesAreReadAsPeopleWriteThem() throws Exception {
    FaultRule rule = FaultText.parse("latency=PT3M probability=25% ttl=2h").get(0);

    assertThat(rule)
        .isEqualTo(
            FaultRule.of(new Fault.Latency(Duration.ofMinutes(3)))
                .withProbability(0.25)
                .lasting(Duration.ofHours(2)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it is empty",
        "and | it is empty",
        "latency=1s and | it is empty",
        "explode | 'explode' is no fault",
        "error | error needs a value",
        "error=500 | 1 to 64 letters",
        "error=A status=200 | 400 to 599",
        "latency=fast | 500ms, 5s, 3m",
        "latency=2h | 0s to 1h",
        "latency=-PT1S | 0s to 1h",
        "reset=now | reset=before or reset=after",
        "withhold-offer=1 | has no value",
        "repeat-offer=11 | 1 to 10 times",
        "drop-socket=1005 | 1000 to 1003",
        "status-response=Teapot | InvalidArgumentException",
        "network loss=3 | loss of the network is not understood",
        "network lost=1% | network has no 'lost'",
        "pli=1ms | 10ms to 10s",
        "bandwidth=fast | 300kbit",
        "bandwidth=1kbit | 8kbit to 10gbit",
        "latency=1s count=0 | at least 1",
        "latency=1s count=1.5 | whole number",
        "latency=1s probability=2 | 0% to 100%",
        "latency=1s ttl=0s | more than nothing",
        "latency=1s seed=x | whole number",
        "latency=1s after=1s | latency has no 'after'",
        "latency=1s count | no <option>=<value>",
        "latency=1s count=1 count=2 | two values of count"
      })
  void whatIsNotUnderstoodIsSaidAndHowItIsWritten(String text, String complaint) {
    assertThatThrownBy(() -> FaultText.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(complaint)
        .hasMessageContaining("error=ThrottlingException operation=JoinStorageSession count=2")
        .satisfies(
            e -> assertThat(((RefusedException) e).reason()).isEqualTo(Reason.INVALID_ARGUMENT));
  }

  @Test
  void survivesAnyText() {
    Random random = new Random(8);
    String letters = "and=error latency network pli 0159.%-:ms\u0000é\uD800,PTloss client count";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      read(random.nextBoolean() ? text.toString() : "network " + text);
      read("latency=" + text);
    }
  }

  private static void read(String text) {
    try {
      assertThat(FaultText.parse(text)).isNotEmpty();
    } catch (RefusedException e) {
      assertThat(e.explanation()).startsWith("The fault is not understood");
    }
  }
}
