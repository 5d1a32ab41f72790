package io.github.kvslocal.rtp.rtcp;

import java.time.Instant;

/** The 64-bit NTP timestamps of sender reports (RFC 3550 section 4), as numbers. */
public final class NtpTime {
  private static final long UNIX_EPOCH = 2_208_988_800L;
  private static final long NANOS = 1_000_000_000L;

  private NtpTime() {}

  /** The timestamp of an instant, rounded down to 2^-32 s. */
  public static long of(Instant instant) {
    long seconds = instant.getEpochSecond() + UNIX_EPOCH;
    return seconds << 32 | ((long) instant.getNano() << 32) / NANOS;
  }

  /** Nanoseconds since 1900, unsigned seconds of one era; fits until the era's end in 2036. */
  public static long toNanos(long timestamp) {
    return (timestamp >>> 32) * NANOS + (((timestamp & 0xFFFF_FFFFL) * NANOS) >>> 32);
  }

  /** The middle 32 bits, as report blocks repeat them (RFC 3550 section 6.4.1, LSR). */
  public static long middle(long timestamp) {
    return (timestamp >>> 16) & 0xFFFF_FFFFL;
  }
}
