package io.github.kvslocal.rtp;

import java.time.Duration;

/**
 * How long a receiver waits for what. The two holds grow with what the path shows, between bounds;
 * the lower one is for a sender that is slow itself.
 *
 * @param keyFrameInterval age of the last key frame at which the next is asked for
 * @param lossHold shortest wait for a missing packet that is asked for again
 * @param longestLossHold longest such wait
 * @param reorderHold shortest wait for a missing packet where nothing is asked for again
 * @param longestReorderHold longest such wait
 * @param synchronisationHold wait for sender reports at the start
 */
public record ReceiveTiming(
    Duration keyFrameInterval,
    Duration lossHold,
    Duration longestLossHold,
    Duration reorderHold,
    Duration longestReorderHold,
    Duration synchronisationHold) {
  /** AWS does not say when the service asks for key frames; two seconds suit its fragments. */
  public static final ReceiveTiming DEFAULT =
      new ReceiveTiming(
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(2),
          Duration.ofMillis(100),
          Duration.ofMillis(400),
          Duration.ofSeconds(4));

  /** The same with another key frame interval. */
  public ReceiveTiming withKeyFrameInterval(Duration interval) {
    return new ReceiveTiming(
        interval, lossHold, longestLossHold, reorderHold, longestReorderHold, synchronisationHold);
  }

  /** The same with another wait for sender reports; zero trusts arrival times at once. */
  public ReceiveTiming withSynchronisationHold(Duration hold) {
    return new ReceiveTiming(
        keyFrameInterval, lossHold, longestLossHold, reorderHold, longestReorderHold, hold);
  }
}
