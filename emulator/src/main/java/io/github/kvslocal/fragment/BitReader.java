package io.github.kvslocal.fragment;

import java.nio.ByteBuffer;

/**
 * The bits of a NAL unit without its emulation prevention bytes (ITU-T H.264 section 7.3.1). Past
 * the end it reads zeros and is broken.
 */
final class BitReader {
  private final byte[] bytes;
  private final int bitCount;
  private int position;
  private boolean broken;

  BitReader(ByteBuffer nalUnit) {
    bytes = new byte[nalUnit.remaining()];
    int length = 0;
    int zeros = 0;
    for (int i = nalUnit.position(); i < nalUnit.limit(); i++) {
      byte next = nalUnit.get(i);
      if (zeros >= 2 && next == 3) {
        zeros = 0;
      } else {
        bytes[length++] = next;
        zeros = next == 0 ? zeros + 1 : 0;
      }
    }
    bitCount = 8 * length;
  }

  /** Whether more was asked for than there is, or a number was too big. */
  boolean isBroken() {
    return broken;
  }

  void skip(int count) {
    bits(count);
  }

  boolean flag() {
    return bits(1) == 1;
  }

  /** Up to 32 bits, most significant first. */
  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value <<= 1;
      if (position < bitCount) {
        value |= (bytes[position >> 3] >> (7 - (position & 7))) & 1;
        position++;
      } else {
        broken = true;
      }
    }
    return value;
  }

  /** An unsigned Exp-Golomb code of at most 2^30 (section 9.1); 0 when broken. */
  int golomb() {
    int zeros = 0;
    while (!broken && !flag()) {
      zeros++;
      if (zeros > 29) {
        broken = true;
      }
    }
    return broken ? 0 : (1 << zeros) - 1 + bits(zeros);
  }

  int signedGolomb() {
    int code = golomb();
    return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
  }
}
