package io.github.kvslocal.rtp.packet;

/**
 * The arithmetic of 32-bit media timestamps on their ring (RFC 3550 section 5.1), in ticks of a
 * clock rate.
 */
public final class RtpTimestamp {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private RtpTimestamp() {}

  /**
   * Ticks from one timestamp to another, the shorter way round; negative if {@code to} is older.
   */
  public static int distance(int from, int to) {
    return to - from;
  }

  /** The count of ticks nearest to {@code reference} whose low 32 bits are {@code timestamp}. */
  public static long unwrap(long reference, int timestamp) {
    return reference + distance((int) reference, timestamp);
  }

  /** Nanoseconds of so many ticks, rounded down; {@code clockRate} in ticks per second. */
  public static long toNanos(long ticks, int clockRate) {
    long seconds = Math.floorDiv(ticks, clockRate);
    long rest = Math.floorMod(ticks, clockRate);
    return seconds * NANOS_PER_SECOND + rest * NANOS_PER_SECOND / clockRate;
  }

  /**
   * Ticks of so many nanoseconds, rounded to the nearest; {@code clockRate} in ticks per second.
   */
  public static long ofNanos(long nanos, int clockRate) {
    long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
    long rest = Math.floorMod(nanos, NANOS_PER_SECOND);
    return seconds * clockRate + (rest * clockRate + NANOS_PER_SECOND / 2) / NANOS_PER_SECOND;
  }
}
