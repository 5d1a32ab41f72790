package io.github.kvslocal.signaling;

import java.time.Duration;
import java.time.Instant;

/**
 * So many in any second, as many at once after a pause: a token bucket that keeps only the instant
 * at which it will be full again.
 */
final class Rate {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Duration price;
  private Instant fullAt = Instant.MIN;

  Rate(int perSecond) {
    this.price = SECOND.dividedBy(perSecond);
  }

  /** Takes one if there is one left. */
  boolean take(Instant now) {
    Instant latest = now.plus(SECOND);
    // Further ahead it is only of a time before which the clock has stepped back.
    Instant full = fullAt.isAfter(latest) ? now : fullAt;
    Instant after = (full.isAfter(now) ? full : now).plus(price);
    if (after.isAfter(latest)) {
      return false;
    }
    fullAt = after;
    return true;
  }
}
