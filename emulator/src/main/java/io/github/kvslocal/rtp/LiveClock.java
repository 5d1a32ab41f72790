package io.github.kvslocal.rtp;

import io.github.kvslocal.media.MediaTime;
import java.time.Instant;

/**
 * The clock that the live media of all peers of one session is placed on, as it passes through: a
 * {@link MediaTime} of it is what has passed since its origin. What is recorded has a timeline of
 * its own.
 *
 * @param originNanos its zero, in monotonic nanoseconds
 * @param wall the wall-clock time that its zero stands for in sender reports
 */
public record LiveClock(long originNanos, Instant wall) {
  /** The time at a moment in monotonic nanoseconds. */
  public MediaTime at(long now) {
    return new MediaTime(now - originNanos);
  }
}
