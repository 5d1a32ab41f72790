package io.github.kvslocal.rtp.packet;

/**
 * The arithmetic of 16-bit numbers on their ring (RFC 3550 section 5.1, RFC 1982): RTP sequence
 * numbers and the transport-wide ones. Values are 0 to 65535.
 */
public final class SequenceNumber {
  /** Numbers on the ring. */
  public static final int COUNT = 1 << 16;

  private SequenceNumber() {}

  /** Steps from one number to another, the shorter way round; negative if {@code to} is older. */
  public static int distance(int from, int to) {
    return (short) (to - from);
  }

  /** The number {@code steps} after another, which may be negative. */
  public static int plus(int number, int steps) {
    return (number + steps) & 0xFFFF;
  }

  /**
   * The count nearest to {@code reference} whose low 16 bits are {@code number}: a number that no
   * longer wraps.
   */
  public static long unwrap(long reference, int number) {
    return reference + distance((int) (reference & 0xFFFF), number);
  }
}
