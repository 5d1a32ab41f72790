package io.github.kvslocal.fault;

import java.time.Duration;

/**
 * What one direction of a path does to datagrams. The properties are those of tc-netem(8), each
 * independent of the others and decided for each datagram on its own, but for bursts and the
 * bottleneck.
 *
 * @param loss of datagrams at random, 0 to 1; within a burst the burst's loss holds instead
 * @param bursts losses that come together
 * @param delay of every datagram, 0 to {@link #LONGEST_DELAY}
 * @param jitter the most that is added to the delay, evenly distributed, so that datagrams sent
 *     closer together than this overtake each other; 0 to {@link #LONGEST_DELAY}
 * @param reordering the fraction of datagrams that leave out delay and jitter and so overtake those
 *     before them, 0 to 1; needs a delay
 * @param duplication the fraction of datagrams that arrive twice, each time with jitter of its own,
 *     0 to 1
 * @param bottleneck how much fits through
 * @param corruption the fraction of datagrams in which a bit is changed, 0 to 1; media is
 *     authenticated, so its receiver drops them
 */
public record LinkModel(
    double loss,
    Bursts bursts,
    Duration delay,
    Duration jitter,
    double reordering,
    double duplication,
    Bottleneck bottleneck,
    double corruption) {
  /** What is under way has to be kept somewhere. */
  public static final Duration LONGEST_DELAY = Duration.ofSeconds(10);

  /** Every datagram arrives once and at once. */
  public static final LinkModel PERFECT =
      new LinkModel(0, Bursts.NONE, Duration.ZERO, Duration.ZERO, 0, 0, Bottleneck.NONE, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with words for the person who wrote the numbers
   */
  public LinkModel {
    requireFraction(loss, "the loss");
    requireDelay(delay, "the delay");
    requireDelay(jitter, "the jitter");
    requireFraction(reordering, "the reordering");
    requireFraction(duplication, "the duplication");
    requireFraction(corruption, "the corruption");
    require(
        reordering == 0 || delay.compareTo(Duration.ZERO) > 0,
        "reordering needs a delay, since what overtakes leaves that out");
  }

  /** The same with another random loss. */
  public LinkModel withLoss(double other) {
    return new LinkModel(
        other, bursts, delay, jitter, reordering, duplication, bottleneck, corruption);
  }

  /** The same with other bursts. */
  public LinkModel withBursts(Bursts other) {
    return new LinkModel(
        loss, other, delay, jitter, reordering, duplication, bottleneck, corruption);
  }

  /** The same with another delay. */
  public LinkModel withDelay(Duration other) {
    return new LinkModel(
        loss, bursts, other, jitter, reordering, duplication, bottleneck, corruption);
  }

  /** The same with other jitter. */
  public LinkModel withJitter(Duration other) {
    return new LinkModel(
        loss, bursts, delay, other, reordering, duplication, bottleneck, corruption);
  }

  /** The same with another fraction that overtakes. */
  public LinkModel withReordering(double other) {
    return new LinkModel(loss, bursts, delay, jitter, other, duplication, bottleneck, corruption);
  }

  /** The same with another fraction that arrives twice. */
  public LinkModel withDuplication(double other) {
    return new LinkModel(loss, bursts, delay, jitter, reordering, other, bottleneck, corruption);
  }

  /** The same with another bottleneck. */
  public LinkModel withBottleneck(Bottleneck other) {
    return new LinkModel(loss, bursts, delay, jitter, reordering, duplication, other, corruption);
  }

  /** The same with another fraction that is damaged. */
  public LinkModel withCorruption(double other) {
    return new LinkModel(loss, bursts, delay, jitter, reordering, duplication, bottleneck, other);
  }

  static void requireFraction(double fraction, String what) {
    // Not a number is in no range.
    require(fraction >= 0 && fraction <= 1, what + " must be 0% to 100%");
  }

  static void requireDelay(Duration time, String what) {
    require(!time.isNegative() && time.compareTo(LONGEST_DELAY) <= 0, what + " must be 0ms to 10s");
  }

  static void require(boolean good, String complaint) {
    if (!good) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
