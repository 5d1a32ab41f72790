package io.github.kvslocal.fault;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 1.5s}, {@code 3m}, {@code PT3M}. */
final class Durations {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(us|ms|s|m|h)");

  private static final Map<String, BigDecimal> NANOS =
      Map.of(
          "us", BigDecimal.valueOf(1_000L),
          "ms", BigDecimal.valueOf(1_000_000L),
          "s", BigDecimal.valueOf(1_000_000_000L),
          "m", BigDecimal.valueOf(60_000_000_000L),
          "h", BigDecimal.valueOf(3_600_000_000_000L));

  private static final int LONGEST_TEXT = 64;

  private Durations() {}

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Duration parse(String text) {
    Matcher match = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (match.matches()) {
      BigDecimal unit = NANOS.get(match.group(2));
      BigDecimal nanos = new BigDecimal(match.group(1)).multiply(unit);
      // 999,999,999 hours are beyond a long of nanoseconds, not beyond a Duration.
      BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
      return Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
    }
    try {
      if (text.length() <= LONGEST_TEXT) {
        return Duration.parse(text);
      }
    } catch (DateTimeParseException e) {
      // As if it were too long.
    }
    throw new IllegalArgumentException("a time is given as 500ms, 5s, 3m, 1h or PT3M");
  }

  /** So that {@link #parse} makes the same of it. */
  static String text(Duration duration) {
    if (duration.toNanosPart() == 0) {
      return duration.toSeconds() + "s";
    }
    return duration.toNanosPart() % 1_000_000 == 0
        ? duration.toMillis() + "ms"
        : BigDecimal.valueOf(duration.toNanos(), 3).stripTrailingZeros().toPlainString() + "us";
  }

  /** The option by which a fault waits; empty if it does not. */
  static String after(Duration wait) {
    return wait.isZero() ? "" : " after=" + text(wait);
  }

  /** Faults wait for nothing to an hour. */
  static void requireWait(Duration wait) {
    LinkModel.require(
        !wait.isNegative() && wait.compareTo(Duration.ofHours(1)) <= 0,
        "a fault waits for nothing to an hour (0s to 1h)");
  }
}
