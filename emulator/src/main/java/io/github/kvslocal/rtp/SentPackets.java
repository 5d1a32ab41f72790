package io.github.kvslocal.rtp;

import java.util.Arrays;

/**
 * The last packets of one stream, kept to be sent again; older ones are overwritten. Memory is
 * taken when a packet first needs it, so a stream of few packets takes little.
 */
final class SentPackets {
  private static final byte[] ABSENT = new byte[0];

  private final int maxLength;
  private final byte[][] packets;
  private final int[] lengths;
  private final int[] numbers;

  /** Whether each has been sent again, and when, in monotonic nanoseconds. */
  private final boolean[] repeated;

  private final long[] repeatedAt;

  /** Room for so many packets, a power of two, each at most so long. */
  SentPackets(int capacity, int maxLength) {
    this.maxLength = maxLength;
    this.packets = new byte[capacity][];
    Arrays.fill(packets, ABSENT);
    this.lengths = new int[capacity];
    this.numbers = new int[capacity];
    this.repeated = new boolean[capacity];
    this.repeatedAt = new long[capacity];
  }

  void keep(int number, byte[] packet, int length) {
    int slot = slot(number);
    if (packets[slot] == ABSENT) {
      packets[slot] = new byte[maxLength];
    }
    System.arraycopy(packet, 0, packets[slot], 0, length);
    lengths[slot] = length;
    numbers[slot] = number;
    repeated[slot] = false;
  }

  /** Copies the packet of a sequence number; returns its length, 0 if it is not kept. */
  int copy(int number, byte[] target, int offset) {
    int slot = slot(number);
    if (!isKept(number)) {
      return 0;
    }
    System.arraycopy(packets[slot], 0, target, offset, lengths[slot]);
    return lengths[slot];
  }

  /** The packet of a sequence number is sent again, if it is kept. */
  void repeat(int number, long now) {
    if (isKept(number)) {
      repeated[slot(number)] = true;
      repeatedAt[slot(number)] = now;
    }
  }

  /** Whether the packet of a sequence number was sent again less than this time ago. */
  boolean isRepeatedSince(int number, long nanos, long now) {
    int slot = slot(number);
    return isKept(number) && repeated[slot] && now - repeatedAt[slot] < nanos;
  }

  private boolean isKept(int number) {
    return packets[slot(number)] != ABSENT && numbers[slot(number)] == number;
  }

  private int slot(int number) {
    return number & (packets.length - 1);
  }
}
