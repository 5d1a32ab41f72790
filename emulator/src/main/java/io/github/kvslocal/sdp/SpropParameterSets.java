package io.github.kvslocal.sdp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The H.264 parameter sets that a sender tells in its format parameters instead of, or besides, in
 * band (RFC 6184 section 8.1, sprop-parameter-sets). What is no parameter set, too long or beyond
 * the most is left out: the picture may do without it.
 */
final class SpropParameterSets {
  private static final String NAME = "sprop-parameter-sets";

  /** Real senders tell two; H.264 has at most 32 sequence parameter sets. */
  private static final int MOST_SETS = 32;

  /** Real sets have tens of bytes. */
  private static final int LONGEST_SET = 512;

  private static final int LONGEST_TEXT = (LONGEST_SET + 2) / 3 * 4;

  /** ITU-T H.264 table 7-1. */
  private static final int SEQUENCE = 7;

  private static final int PICTURE = 8;

  private SpropParameterSets() {}

  /**
   * The sets in an {@code fmtp} value, each a NAL unit behind its length as four bytes; empty if
   * there are none.
   */
  static ByteBuffer of(String formatParameters) {
    List<byte[]> sets = new ArrayList<>();
    for (String parameter : formatParameters.split(";", -1)) {
      String[] pair = parameter.trim().split("=", 2);
      if (pair.length == 2 && pair[0].equalsIgnoreCase(NAME)) {
        read(pair[1], sets);
      }
    }
    int size = sets.stream().mapToInt(set -> 4 + set.length).sum();
    ByteBuffer all = ByteBuffer.allocate(size);
    sets.forEach(set -> all.putInt(set.length).put(set));
    return all.flip().asReadOnlyBuffer();
  }

  private static void read(String list, List<byte[]> sets) {
    for (String text : list.split(",", -1)) {
      byte[] set = decode(text.trim());
      int type = set.length == 0 ? 0 : set[0] & 0x1f;
      if ((type == SEQUENCE || type == PICTURE)
          && set.length <= LONGEST_SET
          && sets.size() < MOST_SETS) {
        sets.add(set);
      }
    }
  }

  private static byte[] decode(String text) {
    try {
      return text.length() > LONGEST_TEXT ? new byte[0] : Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }
}
