package io.github.kvslocal.api;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** The value of {@code x-amzn-RequestId}, by which an answer is found in the log again. */
public final class RequestId {
  private RequestId() {}

  /** A random UUID of version 4 (RFC 9562 section 5.4). */
  public static String next(RandomGenerator random) {
    long high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }
}
