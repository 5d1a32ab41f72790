package io.github.kvslocal.conformance.clip;

import java.util.OptionalInt;

/**
 * A frame's number as a row of black and white blocks, which survives scaling and lossy coding
 * where printed digits do not.
 *
 * <p>The blocks from left to right: white, black (a picture without them is not ours), {@value
 * #BITS} bits of the number with the lowest first, a parity bit that makes the count of white bits
 * even, the lamp (white for a flash), black, white.
 */
public final class BlockCode {
  /** Blocks in the row; a block of 1280 pixels is 64 wide. */
  public static final int BLOCKS = 20;

  /** Numbers run from 0 to 2^14 - 1, more than nine minutes at 30 frames a second. */
  static final int BITS = 14;

  private static final int FIRST_BIT = 2;
  private static final int PARITY = FIRST_BIT + BITS;
  private static final int LAMP = PARITY + 1;
  private static final byte WHITE = (byte) 235;
  private static final byte BLACK = 16;
  private static final int GREY = 126;

  private BlockCode() {}

  /**
   * The row of a frame, one luma byte per block.
   *
   * @throws IllegalArgumentException if the number does not fit
   */
  public static byte[] row(int number, boolean lamp) {
    if (number < 0 || number >= 1 << BITS) {
      throw new IllegalArgumentException("frame number out of range: " + number);
    }
    byte[] row = new byte[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      row[block] = BLACK;
    }
    row[0] = WHITE;
    row[BLOCKS - 1] = WHITE;
    for (int bit = 0; bit < BITS; bit++) {
      row[FIRST_BIT + bit] = (number >> bit & 1) == 1 ? WHITE : BLACK;
    }
    row[PARITY] = Integer.bitCount(number) % 2 == 1 ? WHITE : BLACK;
    row[LAMP] = lamp ? WHITE : BLACK;
    return row;
  }

  /** The number that a row of lumas says, empty if it is not a row or its parity is broken. */
  public static OptionalInt number(byte[] row) {
    if (!isWhite(row[0]) || isWhite(row[1]) || isWhite(row[LAMP + 1]) || !isWhite(row[LAMP + 2])) {
      return OptionalInt.empty();
    }
    int number = 0;
    for (int bit = 0; bit < BITS; bit++) {
      number |= isWhite(row[FIRST_BIT + bit]) ? 1 << bit : 0;
    }
    boolean odd = Integer.bitCount(number) % 2 == 1;
    return odd == isWhite(row[PARITY]) ? OptionalInt.of(number) : OptionalInt.empty();
  }

  /** Whether the lamp of this row is lit. */
  public static boolean lamp(byte[] row) {
    return isWhite(row[LAMP]);
  }

  private static boolean isWhite(byte luma) {
    return Byte.toUnsignedInt(luma) >= GREY;
  }
}
