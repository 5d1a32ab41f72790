package io.github.kvslocal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkModelTest {
  @Test
  void everyPropertyIsReadForBothWays() {
    NetworkModel network =
        NetworkModel.parse(
            "loss=3%, burst=1%:25%:90%, delay=25ms, jitter=1.5ms, reorder=0.5%, duplicate=2%,"
                + " rate=2.5mbit, queue=0.1s, seed=-7");

    LinkModel eachWay =
        new LinkModel(
            0.03,
            new Bursts(0.01, 0.25, 0.9),
            Duration.ofMillis(25),
            Duration.ofNanos(1_500_000),
            0.005,
            0.02,
            new Bottleneck(2_500_000, Duration.ofMillis(100)),
            0);
    assertThat(network).isEqualTo(NetworkModel.symmetric(eachWay, -7));
  }

  @Test
  void whatIsSaidOfOneWayHoldsThereAndTheRestBothWays() {
    NetworkModel network = NetworkModel.parse("in.loss=1%,loss=3%,out.rate=500kbit,DELAY=250us");

    LinkModel late = LinkModel.PERFECT.withDelay(Duration.ofNanos(250_000));
    assertThat(network.incoming()).isEqualTo(late.withLoss(0.01));
    assertThat(network.outgoing())
        .isEqualTo(
            late.withLoss(0.03).withBottleneck(new Bottleneck(500_000, Bottleneck.DEFAULT_QUEUE)));
  }

  @Test
  void reorderingMayComeBeforeTheDelayThatItNeeds() {
    LinkModel link = NetworkModel.parse("reorder=1%,delay=10ms").incoming();

    assertThat(link.reordering()).isEqualTo(0.01);
  }

  @Test
  void everythingIsLostInABurstUnlessSaid() {
    assertThat(NetworkModel.parse("burst=1%:100%").outgoing().bursts())
        .isEqualTo(new Bursts(0.01, 1, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "seed=3", "loss=0%", "out.delay=0ms"})
  void whereNothingIsAskedForNothingHappens(String text) {
    assertThat(NetworkModel.parse(text).isPerfect()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss=101% | the loss must be 0% to 100%",
        "loss=3 | loss of the network is not understood; it is given as loss=3%",
        "out.loss= | out.loss of the network is not understood; it is given as loss=3%",
        "delay=10001ms | the delay must be 0ms to 10s",
        "delay=-1ms | delay of the network is not understood; it is given as delay=25ms",
        "delay=25 ms | delay of the network is not understood",
        "jitter=11s | the jitter must be 0ms to 10s",
        "queue=11s | the queue must be 0ms to 10s",
        "reorder=1% | reordering needs a delay, since what overtakes leaves that out",
        "reorder=1%,in.delay=1ms | reordering needs a delay",
        "duplicate=1e1% | duplicate of the network is not understood",
        "burst=1% | burst of the network is not understood; it is given as burst=1%:25%",
        "burst=1%:0% | bursts have to end some time: their end must be more than 0%",
        "burst=101%:1% | the beginning of bursts must be 0% to 100%",
        "burst=1%:101% | the end of bursts must be 0% to 100%",
        "burst=1%:1%:101% | the loss within bursts must be 0% to 100%",
        "rate=0kbit | the rate must be 8kbit to 10gbit a second",
        "rate=7.9kbit | the rate must be 8kbit to 10gbit a second",
        "rate=11gbit | the rate must be 8kbit to 10gbit a second",
        "rate=999999999.999999999gbit | the rate must be 8kbit to 10gbit a second",
        "delay=999999999.999999999s | the delay must be 0ms to 10s",
        "seed=1.5 | the seed of the network is a whole number, as seed=7",
        "loss=1%,loss=2% | the network has two values of loss",
        "loss=1%,hidden=2% | part 2 of the network is no <property>=<value>; the properties are loss=3%, burst=1%:25%, delay=25ms",
        "up.loss=1% | part 1 of the network is no <property>=<value>",
        "in.seed=1 | part 1 of the network is no <property>=<value>",
        "loss | part 1 of the network is no <property>=<value>"
      })
  void whatCannotBeIsToldWithWhatCan(String text, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkModel.parse(text))
        .withMessageContaining(complaint)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1).doesNotContain("hidden"));
  }

  @Test
  void textHasAnEnd() {
    assertThat(NetworkModel.parse(",".repeat(1_000)).isPerfect()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkModel.parse(",".repeat(1_001)))
        .withMessage("a network is described in 1000 characters at most");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyTextIsReadOrDeclined(long seed) {
    Random random = new Random(seed);
    String letters = "loss=3%,burst:delay.inout25msrate2mbitqueueseed-\u0660\u00A0İ9";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder("loss=3%,delay=25ms,rate=2mbit,burst=1%:25%,seed=7");
      for (int edits = random.nextInt(8); edits >= 0; edits--) {
        int at = random.nextInt(text.length());
        text.replace(
            at,
            Math.min(text.length(), at + random.nextInt(3)),
            "" + letters.charAt(random.nextInt(letters.length())));
      }

      try {
        assertThat(NetworkModel.parse(text.toString()).incoming().loss()).isBetween(0.0, 1.0);
      } catch (IllegalArgumentException e) {
        assertThat(e)
            .as("seed %d: %s", seed, text)
            .isExactlyInstanceOf(IllegalArgumentException.class);
      }
    }
  }
}
