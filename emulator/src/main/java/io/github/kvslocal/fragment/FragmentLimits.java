package io.github.kvslocal.fragment;

import java.time.Duration;

/**
 * How long and how big a fragment may become. All durations are media time.
 *
 * @param target after which the next key frame starts a new fragment; one a little earlier, see
 *     {@link #nearlyTarget}, does too
 * @param longest at which a fragment ends without a key frame
 * @param mostBytes of a fragment, its container included
 * @param patience how far video may be ahead of the audio that still belongs to an ended fragment
 * @param videoGrace how long audio waits for a key frame before it is recorded alone
 */
public record FragmentLimits(
    Duration target, Duration longest, long mostBytes, Duration patience, Duration videoGrace) {
  /**
   * The service's limits: at most 20 s and 50 MB (developer guide, "Kinesis Video Streams service
   * quotas"). AWS does not say how long the fragments of a storage session are; the target of 2 s,
   * the patience and the grace are our choice.
   */
  public static final FragmentLimits DOCUMENTED =
      new FragmentLimits(
          Duration.ofSeconds(2),
          Duration.ofSeconds(20),
          50_000_000,
          Duration.ofSeconds(1),
          Duration.ofSeconds(4));

  /** Of the target; what a sender's clock can be steered or wrong by, and some more. */
  private static final int PERCENT_EARLY = 3;

  public FragmentLimits {
    if (target.isNegative()
        || target.isZero()
        || target.compareTo(longest) > 0
        || mostBytes <= 0
        || patience.isNegative()
        || videoGrace.isNegative()) {
      throw new IllegalArgumentException("impossible limits of fragments");
    }
  }

  /**
   * 97 % of the target: key frames that their sender makes at the target length come a little
   * earlier when its clock is taken to be slower, and every other one would be missed then.
   */
  Duration nearlyTarget() {
    return target.multipliedBy(100 - PERCENT_EARLY).dividedBy(100);
  }

  /** The same limits with another target length, above zero and at most {@link #longest}. */
  public FragmentLimits withTarget(Duration otherTarget) {
    return new FragmentLimits(otherTarget, longest, mostBytes, patience, videoGrace);
  }
}
