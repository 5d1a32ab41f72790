package io.github.kvslocal.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
  private static final long MILLI = 1_000_000;

  /** A monotonic clock may well be negative. */
  private static final long START = -5_000 * MILLI;

  private static final int MANY = 100_000;
  private static final LinkModel LATE = LinkModel.PERFECT.withDelay(Duration.ofMillis(25));

  @Test
  void perfectLinkDeliversOnceAndAtOnce() {
    Link link = link(LinkModel.PERFECT, 1);

    long[] arrivals = link.send(1_200, START);

    assertThat(arrivals).containsExactly(START);
  }

  @Test
  void everythingIsAsLateAsTheDelayIsLong() {
    Link link = link(LATE, 1);

    long[] arrivals = link.send(1_200, START);

    assertThat(arrivals).containsExactly(START + 25 * MILLI);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.05, 0.1, 0.5})
  void asMuchIsLostAsTheModelSays(double loss) {
    List<long[]> fates = fates(LinkModel.PERFECT.withLoss(loss), 1);

    assertThat(lost(fates) / (double) MANY).isCloseTo(loss, within(0.005));
  }

  @Test
  void allOrNothingIsLostAtTheEndsOfTheRange() {
    assertThat(lost(fates(LinkModel.PERFECT.withLoss(1), 1))).isEqualTo(MANY);
    assertThat(lost(fates(LinkModel.PERFECT.withLoss(0), 1))).isZero();
  }

  @Test
  void burstsAreAsLongAndAsManyAsTheirProbabilitiesSay() {
    List<long[]> fates = fates(LinkModel.PERFECT.withBursts(new Bursts(0.01, 0.25, 1)), 1);

    int bursts = 0;
    boolean before = false;
    for (long[] fate : fates) {
      boolean now = fate.length == 0;
      bursts += now && !before ? 1 : 0;
      before = now;
    }
    // E. N. Gilbert 1960: P(bad) = begin / (begin + end), and 1 / end datagrams each.
    assertThat(lost(fates) / (double) MANY).isCloseTo(0.01 / 0.26, within(0.005));
    assertThat(lost(fates) / (double) bursts).isCloseTo(4, within(0.3));
  }

  @Test
  void lossOfAGoodTimeAndOfABadOneAreTwo() {
    LinkModel model = LinkModel.PERFECT.withLoss(0.1).withBursts(new Bursts(0.5, 0.5, 0.5));

    List<long[]> fates = fates(model, 1);

    assertThat(lost(fates) / (double) MANY).isCloseTo((0.1 + 0.5) / 2, within(0.01));
  }

  @Test
  void jitterIsAddedToTheDelayEvenly() {
    List<long[]> fates = fates(LATE.withJitter(Duration.ofMillis(10)), 1);

    assertThat(fates).allMatch(fate -> fate[0] >= 25 * MILLI && fate[0] <= 35 * MILLI);
    assertThat(fates.stream().mapToLong(fate -> fate[0]).average().orElseThrow())
        .isCloseTo(30 * MILLI, within(0.1 * MILLI));
  }

  @Test
  void whatOvertakesLeavesOutDelayAndJitter() {
    List<long[]> fates = fates(LATE.withJitter(Duration.ofMillis(10)).withReordering(0.02), 1);

    assertThat(fates).allMatch(fate -> fate[0] == 0 || fate[0] >= 25 * MILLI);
    assertThat(fates.stream().filter(fate -> fate[0] == 0).count() / (double) MANY)
        .isCloseTo(0.02, within(0.005));
  }

  @Test
  void twoOfADatagramArriveEachInItsTime() {
    List<long[]> fates = fates(LATE.withJitter(Duration.ofMillis(10)).withDuplication(0.1), 1);

    List<long[]> doubled = fates.stream().filter(fate -> fate.length == 2).toList();
    assertThat(doubled.size() / (double) MANY).isCloseTo(0.1, within(0.005));
    assertThat(doubled).allMatch(fate -> fate[0] != fate[1]);
    assertThat(fates).allMatch(fate -> fate.length == 1 || fate.length == 2);
  }

  @Test
  void bottleneckLetsDatagramsThroughOneAfterTheOther() {
    LinkModel model = LATE.withBottleneck(new Bottleneck(1_000_000, Duration.ofSeconds(1)));
    Link link = link(model, 1);

    // 1250 bytes take 10 ms of a Mbit/s.
    assertThat(link.send(1_250, START)).containsExactly(START + 35 * MILLI);
    assertThat(link.send(1_250, START)).containsExactly(START + 45 * MILLI);
    assertThat(link.send(125, START)).containsExactly(START + 46 * MILLI);
    assertThat(link.send(1_250, START + 100 * MILLI)).containsExactly(START + 135 * MILLI);
  }

  @Test
  void whatWouldWaitLongerThanTheQueueIsLostAndOccupiesNothing() {
    LinkModel model =
        LinkModel.PERFECT.withBottleneck(new Bottleneck(1_000_000, Duration.ofMillis(20)));
    Link link = link(model, 1);

    assertThat(link.send(1_250, START)).containsExactly(START + 10 * MILLI);
    assertThat(link.send(1_250, START)).containsExactly(START + 20 * MILLI);
    assertThat(link.send(1_250, START)).containsExactly(START + 30 * MILLI);
    assertThat(link.send(1_250, START)).isEmpty();
    assertThat(link.send(1_250, START + 10 * MILLI - 1)).isEmpty();
    assertThat(link.send(1_250, START + 10 * MILLI)).containsExactly(START + 40 * MILLI);
  }

  @Test
  void noMoreThanTheRateComesThrough() {
    LinkModel model =
        LinkModel.PERFECT.withBottleneck(new Bottleneck(2_000_000, Duration.ofMillis(200)));
    Link link = link(model, 1);
    long arrived = 0;

    // 4 Mbit/s for ten seconds.
    for (long now = START; now < START + 10_000 * MILLI; now += 2 * MILLI) {
      arrived += link.send(1_000, now).length;
    }

    assertThat(arrived * 8_000).isCloseTo(2_000_000 * 10 + 2_000_000 / 5, within(20_000L));
  }

  @Test
  void whatIsSentSafelyTakesTheDelayAlone() {
    LinkModel model =
        new LinkModel(
            1,
            new Bursts(1, 1, 1),
            Duration.ofMillis(25),
            Duration.ofMillis(10),
            1,
            1,
            new Bottleneck(Bottleneck.LEAST, Duration.ZERO),
            0);

    long arrival = link(model, 1).sendSafely(START);

    assertThat(arrival).isEqualTo(START + 25 * MILLI);
  }

  @Test
  void sameSeedMeansTheSameFateOfEachDatagram() {
    LinkModel model =
        new LinkModel(
            0.05,
            new Bursts(0.01, 0.3, 0.8),
            Duration.ofMillis(25),
            Duration.ofMillis(10),
            0.02,
            0.02,
            new Bottleneck(100_000_000, Duration.ofMillis(100)),
            0);

    assertThat(text(fates(model, 7))).isEqualTo(text(fates(model, 7)));
    assertThat(text(fates(model, 7))).isNotEqualTo(text(fates(model, 8)));
  }

  private static Link link(LinkModel model, long seed) {
    return new Link(model, new Random(seed));
  }

  /** What becomes of many datagrams at a millisecond's distance, each from its own sending on. */
  private static List<long[]> fates(LinkModel model, long seed) {
    Link link = link(model, seed);
    List<long[]> fates = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      long now = START + i * MILLI;
      fates.add(Arrays.stream(link.send(1_200, now)).map(at -> at - now).toArray());
    }
    return fates;
  }

  private static long lost(List<long[]> fates) {
    return fates.stream().filter(fate -> fate.length == 0).count();
  }

  private static String text(List<long[]> fates) {
    return Arrays.deepToString(fates.toArray());
  }
}
