package io.github.kvslocal.srtp;

import java.util.Arrays;

/**
 * Which of the last packets of one SSRC have come (RFC 3711 section 3.3.2), as a ring of bits.
 * Asked about genuine packets only: whatever it is told moves it.
 *
 * <p>Wider than the library's 64 packets, since what answers a NACK without RTX is the packet
 * itself, a round trip late; RFC 3711 asks for 64 at least.
 */
final class ReplayWindow {
  /** 3 s of a 7 Mbit/s stream; a power of two. */
  static final int SIZE = 2_048;

  private final long[] seen = new long[SIZE / Long.SIZE];
  private boolean begun;
  private int highest;

  /**
   * Takes note of a sequence number (16 bits); returns whether it came for the first time and not
   * too late to say.
   *
   * <p>Distances are those of 16 bits: a genuine packet is never further away, as the rollover
   * counter, which is authenticated too, is guessed for the nearest (RFC 3711 section 3.3.1).
   */
  boolean admit(int sequenceNumber) {
    int ahead = begun ? (short) (sequenceNumber - highest) : SIZE;
    if (ahead <= -SIZE) {
      return false;
    }
    if (ahead > 0) {
      forget(Math.min(ahead, SIZE));
      highest = sequenceNumber;
      begun = true;
    }
    int slot = sequenceNumber & (SIZE - 1);
    long bit = 1L << slot;
    boolean first = (seen[slot / Long.SIZE] & bit) == 0;
    seen[slot / Long.SIZE] |= bit;
    return first;
  }

  /** Clears the places of so many numbers after the highest. */
  private void forget(int count) {
    if (count == SIZE) {
      Arrays.fill(seen, 0);
      return;
    }
    for (int i = 1; i <= count; i++) {
      int slot = (highest + i) & (SIZE - 1);
      seen[slot / Long.SIZE] &= ~(1L << slot);
    }
  }
}
