package io.github.kvslocal.rtp;

import java.time.Duration;

/**
 * How long a receiver waits for what.
 *
 * @param keyFrameInterval age of the last key frame at which the next is asked for
 * @param lossHold wait for a missing packet that is asked for again
 * @param reorderHold wait for a missing packet where nothing is asked for again
 * @param synchronisationHold wait for sender reports at the start
 */
public record ReceiveTiming(
    Duration keyFrameInterval,
    Duration lossHold,
    Duration reorderHold,
    Duration synchronisationHold) {
  /** AWS does not say when the service asks for key frames; two seconds suit its fragments. */
  public static final ReceiveTiming DEFAULT =
      new ReceiveTiming(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofMillis(100),
          Duration.ofSeconds(4));

  /** The same with another key frame interval. */
  public ReceiveTiming withKeyFrameInterval(Duration interval) {
    return new ReceiveTiming(interval, lossHold, reorderHold, synchronisationHold);
  }

  /** The same with another wait for sender reports; zero trusts arrival times at once. */
  public ReceiveTiming withSynchronisationHold(Duration hold) {
    return new ReceiveTiming(keyFrameInterval, lossHold, reorderHold, hold);
  }
}
