package io.github.kvslocal.runtime;

import java.time.Duration;
import java.time.Instant;

/**
 * What a {@link PolicyClock} is at one moment, as a function of the time of the clock under it: a
 * line through a point, ahead by what users have advanced. No change makes it jump; only {@link
 * #advancedTo} takes it on.
 *
 * @param thousandths of a second that pass while one passes under it; 0 while it is frozen
 * @param under when it began to go like this, by the clock under it
 * @param base where it stood then, without what it was advanced
 * @param offset by how much users have advanced it in all
 * @param latest the latest instant that anybody was told; no later one is earlier
 */
record PolicyTime(int thousandths, Instant under, Instant base, Duration offset, Instant latest) {
  /** The pace of the clock under it. */
  static final int REAL = 1_000;

  static final int FROZEN = 0;

  /** Farther than anything that waits for it. */
  private static final Duration NEVER = Duration.ofDays(36_500);

  /** Goes with the clock under it. */
  static PolicyTime real() {
    return new PolicyTime(REAL, Instant.EPOCH, Instant.EPOCH, Duration.ZERO, Instant.MIN);
  }

  /** The instant to tell, which is never before one that was told. */
  Instant at(Instant now) {
    Instant line = line(now);
    return line.isBefore(latest) ? latest : line;
  }

  /** The instant without the memory of what was told. */
  Instant line(Instant now) {
    return unmoved(now).plus(offset);
  }

  /** Where it would be if nobody had advanced it. */
  Instant unmoved(Instant now) {
    Duration passed = Duration.between(under, now);
    return base.plus(
        thousandths == REAL ? passed : passed.multipliedBy(thousandths).dividedBy(REAL));
  }

  /** The same after this instant has been told. */
  PolicyTime told(Instant instant) {
    return instant.isAfter(latest) ? with(offset, instant) : this;
  }

  /** Goes on from where it is at another pace. */
  PolicyTime paced(int others, Instant now) {
    return others == thousandths
        ? told(at(now))
        : new PolicyTime(others, now, unmoved(now), offset, at(now));
  }

  /** The same with another offset; never a smaller one. */
  PolicyTime advancedTo(Duration other) {
    return other.compareTo(offset) > 0 ? with(other, latest) : this;
  }

  private PolicyTime with(Duration otherOffset, Instant otherLatest) {
    return new PolicyTime(thousandths, under, base, otherOffset, otherLatest);
  }

  /**
   * How long the clock under it takes until this comes to an instant, rounded up; less than nothing
   * when it is over, and longer than anybody waits while it is frozen.
   */
  Duration until(Instant at, Instant now) {
    Duration left = Duration.between(line(now), at);
    if (thousandths == REAL || left.isNegative()) {
      return left;
    }
    if (thousandths == FROZEN || left.compareTo(NEVER) > 0) {
      return NEVER;
    }
    return left.multipliedBy(REAL).dividedBy(thousandths).plusNanos(1);
  }

  /** By how much one at the real pace would be ahead if nobody had advanced it. */
  Duration aheadUnmoved() {
    return Duration.between(under, base);
  }

  /** By how much it is ahead of the clock under it. */
  Duration ahead(Instant now) {
    return Duration.between(now, line(now));
  }
}
