package io.github.kvslocal.fault;

import java.time.Duration;

/**
 * The slowest piece of a path, with a queue in front of it: what would have to wait longer than the
 * queue holds is lost, and what waits already is not (drop-tail; {@code latency} of tc-tbf(8)).
 *
 * @param bitsPerSecond of UDP payload, {@value #LEAST} to {@value #MOST}; {@link #UNLIMITED} for no
 *     bottleneck
 * @param queue the longest wait, 0 to {@link LinkModel#LONGEST_DELAY}
 */
public record Bottleneck(long bitsPerSecond, Duration queue) {
  /** Stands for a path that takes everything at once. */
  public static final long UNLIMITED = 0;

  /** A datagram a second or so. */
  static final long LEAST = 8_000;

  static final long MOST = 10_000_000_000L;

  /** What a home router holds, and more than a sender's congestion control likes to see. */
  public static final Duration DEFAULT_QUEUE = Duration.ofMillis(200);

  /** No bottleneck. */
  public static final Bottleneck NONE = new Bottleneck(UNLIMITED, DEFAULT_QUEUE);

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  public Bottleneck {
    LinkModel.require(
        bitsPerSecond == UNLIMITED || (bitsPerSecond >= LEAST && bitsPerSecond <= MOST),
        "the rate must be 8kbit to 10gbit a second");
    LinkModel.requireDelay(queue, "the queue");
  }

  boolean isUnlimited() {
    return bitsPerSecond == UNLIMITED;
  }

  /** How long a datagram of so many bytes occupies it, in nanoseconds. */
  long occupation(int length) {
    return length * 8L * NANOS_PER_SECOND / bitsPerSecond;
  }
}
