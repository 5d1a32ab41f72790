package io.github.kvslocal.rtp;

import java.time.Duration;

/**
 * What a receiver tells its sender besides what it has to.
 *
 * @param keyFrames how often it asks for key frames: {@link #AS_NEEDED}, {@link #NEVER}, or always
 *     again after so long
 * @param bitsPerSecond the most that the sender should send, told with each report
 *     (draft-alvestrand-rmcat-remb-03); 0 to tell it nothing
 */
public record FeedbackHabits(Duration keyFrames, long bitsPerSecond) {
  /** When one is needed. */
  public static final Duration AS_NEEDED = Duration.ZERO;

  /** Whatever is lost. */
  public static final Duration NEVER = Duration.ofDays(36_500);

  /** Those of a receiver that wants to receive well. */
  public static final FeedbackHabits GOOD = new FeedbackHabits(AS_NEEDED, 0);
}
