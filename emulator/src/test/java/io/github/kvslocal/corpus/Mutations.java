package io.github.kvslocal.corpus;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bytes that are nearly right, again and again; the same for the same dice. */
final class Mutations {
  private static final int MOST_AT_ONCE = 6;
  private static final int LONGEST_INSERT = 16;
  private static final int MOST_BYTES = 200_000;

  /** Where lengths and counts go wrong. */
  private static final byte[] EDGES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};

  private final List<byte[]> seeds;
  private final Random dice;

  Mutations(List<byte[]> seeds, Random dice) {
    this.seeds = List.copyOf(seeds);
    this.dice = dice;
  }

  /** The next, of one seed mostly and of two sometimes. */
  byte[] next() {
    byte[] bytes = any();
    for (int i = dice.nextInt(MOST_AT_ONCE); i >= 0; i--) {
      bytes = mutated(bytes);
    }
    return bytes;
  }

  private byte[] any() {
    return seeds.get(dice.nextInt(seeds.size())).clone();
  }

  private byte[] mutated(byte[] bytes) {
    if (bytes.length == 0) {
      return random();
    }
    int at = dice.nextInt(bytes.length);
    int end = at + dice.nextInt(bytes.length - at + 1);
    switch (dice.nextInt(9)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << dice.nextInt(8));
      case 2 -> bytes[at] = (byte) dice.nextInt();
      case 3 -> bytes[at] = EDGES[dice.nextInt(EDGES.length)];
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 5 -> {
        return joined(Arrays.copyOf(bytes, at), random(), tail(bytes, at));
      }
      case 6 -> {
        return joined(Arrays.copyOf(bytes, at), tail(bytes, end));
      }
      case 7 -> {
        return joined(Arrays.copyOf(bytes, end), tail(bytes, at));
      }
      default -> {
        byte[] other = any();
        return joined(Arrays.copyOf(bytes, at), tail(other, dice.nextInt(other.length + 1)));
      }
    }
    return bytes;
  }

  private byte[] random() {
    byte[] bytes = new byte[1 + dice.nextInt(LONGEST_INSERT)];
    dice.nextBytes(bytes);
    return bytes;
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.write(part, 0, Math.min(part.length, MOST_BYTES - whole.size()));
    }
    return whole.toByteArray();
  }
}
