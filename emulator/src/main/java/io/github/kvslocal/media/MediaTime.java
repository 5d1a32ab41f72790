package io.github.kvslocal.media;

import java.time.Duration;

/**
 * A point on the timeline of one session's media, in nanoseconds since the session's first frame
 * could have been; both tracks share the timeline.
 */
public record MediaTime(long nanos) implements Comparable<MediaTime> {
  public static final MediaTime ZERO = new MediaTime(0);

  public static MediaTime ofMillis(long millis) {
    return new MediaTime(Math.multiplyExact(millis, 1_000_000L));
  }

  /** Rounded to the nearest millisecond. */
  public long millis() {
    return Math.floorDiv(nanos + 500_000, 1_000_000L);
  }

  public MediaTime plus(Duration duration) {
    return new MediaTime(nanos + duration.toNanos());
  }

  /** The time from here to {@code later}; negative if it is earlier. */
  public Duration until(MediaTime later) {
    return Duration.ofNanos(later.nanos - nanos);
  }

  public boolean isBefore(MediaTime other) {
    return nanos < other.nanos;
  }

  @Override
  public int compareTo(MediaTime other) {
    return Long.compare(nanos, other.nanos);
  }
}
