package io.github.kvslocal.fault;

import java.time.Duration;

/**
 * Which fault befalls what, and how often.
 *
 * @param count how often at most, 1 to {@link #ALWAYS}
 * @param probability for each occasion, 0 to 1
 * @param timeToLive in policy time from when it is added, more than nothing
 * @param seed of the dice for the probability
 */
public record FaultRule(
    Fault fault, FaultScope scope, int count, double probability, Duration timeToLive, long seed) {
  /** On each occasion. */
  public static final int ALWAYS = Integer.MAX_VALUE;

  /** As long as the emulator runs. */
  public static final Duration FOREVER = Duration.ofDays(36_500);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException with words for the person who wrote them
   */
  public FaultRule {
    LinkModel.require(count >= 1, "the count of a rule is at least 1");
    LinkModel.requireFraction(probability, "the probability of a rule");
    LinkModel.require(
        timeToLive.compareTo(Duration.ZERO) > 0 && timeToLive.compareTo(FOREVER) <= 0,
        "the ttl of a rule is more than nothing, and 36500 days at most");
  }

  /** Everything, always. */
  public static FaultRule of(Fault fault) {
    return new FaultRule(fault, FaultScope.ALL, ALWAYS, 1, FOREVER, 0);
  }

  /** The same for another scope. */
  public FaultRule within(FaultScope other) {
    return new FaultRule(fault, other, count, probability, timeToLive, seed);
  }

  /** The same for one operation. */
  public FaultRule onOperation(String operation) {
    return within(new FaultScope(operation, scope.channel(), scope.client()));
  }

  /** The same for one channel, by name or ARN. */
  public FaultRule onChannel(String channel) {
    return within(new FaultScope(scope.operation(), channel, scope.client()));
  }

  /** The same for one client: a viewer's id, or {@value FaultScope#MASTER}. */
  public FaultRule forClient(String client) {
    return within(new FaultScope(scope.operation(), scope.channel(), client));
  }

  /** The same this often at most. */
  public FaultRule times(int most) {
    return new FaultRule(fault, scope, most, probability, timeToLive, seed);
  }

  /** The same with another probability, 0 to 1. */
  public FaultRule withProbability(double other) {
    return new FaultRule(fault, scope, count, other, timeToLive, seed);
  }

  /** The same for so long, in policy time. */
  public FaultRule lasting(Duration time) {
    return new FaultRule(fault, scope, count, probability, time, seed);
  }

  /** The same with other dice. */
  public FaultRule withSeed(long other) {
    return new FaultRule(fault, scope, count, probability, timeToLive, other);
  }

  /** As {@link FaultText} reads it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(fault.text());
    append(text, "operation", scope.operation());
    append(text, "channel", scope.channel());
    append(text, "client", scope.client());
    append(text, "count", count == ALWAYS ? "" : Integer.toString(count));
    append(text, "probability", probability == 1 ? "" : NetworkWriter.fraction(probability));
    append(text, "ttl", timeToLive.equals(FOREVER) ? "" : Durations.text(timeToLive));
    if (!(fault instanceof Fault.BadNetwork)) {
      append(text, "seed", seed == 0 ? "" : Long.toString(seed));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String option, String value) {
    if (!value.isEmpty()) {
      text.append(' ').append(option).append('=').append(value);
    }
  }
}
