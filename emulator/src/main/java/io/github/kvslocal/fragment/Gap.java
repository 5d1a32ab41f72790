package io.github.kvslocal.fragment;

import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.time.Duration;

/**
 * Where frames of a track are missing.
 *
 * @param from where the first of them would be
 * @param until the time of the frame after them; not before {@code from}, and equal to it if that
 *     frame is only damaged
 */
record Gap(Track track, MediaTime from, MediaTime until) {
  /** Clocks of two rates never agree to the tick: less of a gap is none. */
  private static final Duration LEAST = Duration.ofMillis(1);

  Duration length() {
    return from.until(until);
  }

  /**
   * Whether a part of it is between two times. One without a length is just before its frame, so
   * that what is missing before a fragment's first frame is missing at the end of the one before.
   */
  boolean isWithin(MediaTime start, MediaTime end) {
    return length().compareTo(LEAST) < 0
        ? start.isBefore(until) && !end.isBefore(until)
        : lengthWithin(start, end).compareTo(LEAST) >= 0;
  }

  /** How much of it is between two times; zero if nothing is. */
  Duration lengthWithin(MediaTime start, MediaTime end) {
    MediaTime first = from.isBefore(start) ? start : from;
    MediaTime last = end.isBefore(until) ? end : until;
    return first.isBefore(last) ? first.until(last) : Duration.ZERO;
  }
}
