package io.github.kvslocal.rtp;

/**
 * How many packets are sent again: 512 at once, and 2,000 a second. Who asks for more than that is
 * not helped by it, and few bytes of a stranger must not become many of ours.
 */
final class ResendBudget {
  private static final long INTERVAL = 500_000L;
  private static final long BURST = 512 * INTERVAL;

  private boolean used;

  /** The packets before this moment are spent. */
  private long spentUntil;

  /** Takes one packet, if there is one. */
  boolean take(long now) {
    spentUntil = used ? Math.max(spentUntil, now - BURST) : now - BURST;
    used = true;
    if (now - spentUntil < INTERVAL) {
      return false;
    }
    spentUntil += INTERVAL;
    return true;
  }
}
