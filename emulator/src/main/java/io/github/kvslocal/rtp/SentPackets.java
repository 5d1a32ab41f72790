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

  /** Room for so many packets, a power of two, each at most so long. */
  SentPackets(int capacity, int maxLength) {
    this.maxLength = maxLength;
    this.packets = new byte[capacity][];
    Arrays.fill(packets, ABSENT);
    this.lengths = new int[capacity];
    this.numbers = new int[capacity];
  }

  void keep(int number, byte[] packet, int length) {
    int slot = number & (packets.length - 1);
    if (packets[slot] == ABSENT) {
      packets[slot] = new byte[maxLength];
    }
    System.arraycopy(packet, 0, packets[slot], 0, length);
    lengths[slot] = length;
    numbers[slot] = number;
  }

  /** Copies the packet of a sequence number; returns its length, 0 if it is not kept. */
  int copy(int number, byte[] target, int offset) {
    int slot = number & (packets.length - 1);
    if (packets[slot] == ABSENT || numbers[slot] != number) {
      return 0;
    }
    System.arraycopy(packets[slot], 0, target, offset, lengths[slot]);
    return lengths[slot];
  }
}
