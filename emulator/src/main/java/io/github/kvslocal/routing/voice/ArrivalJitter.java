package io.github.kvslocal.routing.voice;

import java.util.Arrays;

/**
 * How unevenly a talker's packets come, and the delay that evens them out.
 *
 * <p>The transit of a packet, from the talker's clock to its arrival on ours, has an unknown zero
 * and drifts with the two clocks. The smallest one of the last packets is the base; how far nearly
 * all of them are above it is the jitter.
 */
final class ArrivalJitter {
  /** The delay before anything is known. */
  static final long FIRST_TARGET = 40_000_000L;

  static final long MIN_TARGET = 20_000_000L;
  static final long MAX_TARGET = 200_000_000L;

  /** Packets that are remembered: 2.5 s of the usual ones. */
  private static final int WINDOW = 128;

  /** Packets after which the jitter counts as known. */
  private static final int KNOWN = 32;

  /** One packet in so many may be later than the jitter says. */
  private static final int TOLERATED = 32;

  private static final long MARGIN = 10_000_000L;

  /** The target grows at once, and shrinks by this part of the time that passes. */
  private static final int SHRINK = 100;

  /** No jitter: the talker's clock was set, or the talker was away. */
  private static final long JUMP = 500_000_000L;

  private final long[] transits = new long[WINDOW];
  private final long[] sorted = new long[WINDOW];
  private int count;
  private int next;
  private long latest;
  private long arrivedAt;
  private long base;
  private long target = FIRST_TARGET;

  /**
   * A packet came.
   *
   * @param start its time on the talker's clock, in nanoseconds
   * @param now its arrival on ours
   * @return whether it is the first of another clock: everything earlier is forgotten
   */
  boolean arrived(long start, long now) {
    long transit = now - start;
    boolean jumped = count > 0 && Math.abs(transit - latest) > JUMP;
    long passed = count > 0 ? now - arrivedAt : 0;
    if (jumped) {
      count = 0;
      next = 0;
      target = FIRST_TARGET;
    }
    latest = transit;
    arrivedAt = now;
    transits[next] = transit;
    next = (next + 1) % WINDOW;
    count = Math.min(count + 1, WINDOW);
    measure(passed);
    return jumped;
  }

  private void measure(long passed) {
    System.arraycopy(transits, 0, sorted, 0, count);
    Arrays.sort(sorted, 0, count);
    base = sorted[0];
    long jitter = sorted[count - 1 - count / TOLERATED] - base;
    long wanted = Math.max(MIN_TARGET, Math.min(MAX_TARGET, jitter + MARGIN));
    if (wanted > target) {
      target = wanted;
    } else if (count >= KNOWN) {
      target = Math.max(wanted, target - passed / SHRINK);
    }
  }

  /** How long after its time on the talker's clock a packet comes at best. */
  long base() {
    return base;
  }

  /** The delay beyond the base that is worth having, in nanoseconds. */
  long target() {
    return target;
  }
}
