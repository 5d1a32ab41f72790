package io.github.kvslocal.runtime;

import java.time.Duration;
import java.time.Instant;

/**
 * How a {@link PolicyClock} goes at present.
 *
 * @param now its time
 * @param mode in one word
 * @param scale how many seconds it passes in one of the machine's; 0 while it is frozen
 * @param offset by how much users have advanced it in all
 * @param ahead of the machine's clock; less than nothing if it is behind, as one is that was frozen
 */
public record ClockPace(Instant now, Mode mode, double scale, Duration offset, Duration ahead) {
  /** The four ways to go. */
  public enum Mode {
    /** With the machine's clock. */
    REAL,
    /** As fast as the machine's clock, so much ahead of it or behind. */
    OFFSET,
    /** So many times as fast. */
    SCALED,
    /** Not at all, until it is advanced. */
    FROZEN
  }

  static ClockPace of(PolicyTime time, Instant machine) {
    return new ClockPace(
        time.at(machine),
        mode(time, machine),
        time.thousandths() / (double) PolicyTime.REAL,
        time.offset(),
        time.ahead(machine));
  }

  private static Mode mode(PolicyTime time, Instant machine) {
    return switch (time.thousandths()) {
      case PolicyTime.FROZEN -> Mode.FROZEN;
      case PolicyTime.REAL -> time.ahead(machine).isZero() ? Mode.REAL : Mode.OFFSET;
      default -> Mode.SCALED;
    };
  }
}
