package io.github.kvslocal.recording;

import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.fragment.Gaps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What ListFragments tells of a stored fragment (ListFragments API page, Fragment), and what is
 * missing in it. Times and durations are whole milliseconds; what is finer is cut off.
 *
 * @param producerTime when its media began, by the session's clock
 * @param serverTime when the service had it whole
 * @param size of its file in bytes
 * @param gaps what the network took out of it
 */
public record FragmentMetadata(
    FragmentNumber number,
    Instant producerTime,
    Instant serverTime,
    Duration duration,
    long size,
    Gaps gaps) {
  /** A fragment in which nothing is missing. */
  public FragmentMetadata(
      FragmentNumber number,
      Instant producerTime,
      Instant serverTime,
      Duration duration,
      long size) {
    this(number, producerTime, serverTime, duration, size, Gaps.NONE);
  }

  public FragmentMetadata {
    if (duration.isNegative() || size < 0) {
      throw new IllegalArgumentException("a fragment cannot be shorter than nothing");
    }
    producerTime = producerTime.truncatedTo(ChronoUnit.MILLIS);
    serverTime = serverTime.truncatedTo(ChronoUnit.MILLIS);
    duration = duration.truncatedTo(ChronoUnit.MILLIS);
    gaps =
        new Gaps(
            gaps.pictures(),
            gaps.pictureTime().truncatedTo(ChronoUnit.MILLIS),
            gaps.sounds(),
            gaps.soundTime().truncatedTo(ChronoUnit.MILLIS));
  }
}
