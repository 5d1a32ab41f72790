package io.github.kvslocal.rtp.h264;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The newest parameter sets that one stream carried, for those who join it late: a decoder starts
 * at a key frame only if it knows them (H.264 section 7.4.1.2.1). At most 32 sequence and 256
 * picture parameter sets of 512 bytes are kept; larger ones are not.
 */
public final class ParameterSets {
  private static final int LENGTH_SIZE = 4;
  private static final int MAX_SIZE = 512;
  private static final int MAX_SEQUENCE_ID = 31;
  private static final int MAX_PICTURE_ID = 255;

  /** Picture parameter sets come behind all sequence parameter sets, which they refer to. */
  private static final int PICTURE_KEYS = 1 << 16;

  private static final int NO_KEY = -1;

  /** Each with its length in front, in the order in which they are sent. */
  private final Map<Integer, byte[]> sets = new TreeMap<>();

  private int sequenceSets;
  private int size;

  /** Forgets everything: another stream follows. */
  public void clear() {
    sets.clear();
    sequenceSets = 0;
    size = 0;
  }

  /** Remembers sets that came out of band, each behind its length as in an access unit. */
  public void learn(ByteBuffer units) {
    byte[] bytes = new byte[units.remaining()];
    units.get(bytes);
    var unused = complete(new EncodedFrame(Track.VIDEO, MediaTime.ZERO, false, bytes));
  }

  /**
   * Remembers the sets of an access unit. Returns the unit itself; a key frame that lacks sequence
   * or picture parameter sets with all that are known in front, behind its delimiter if it has one.
   */
  public EncodedFrame complete(EncodedFrame accessUnit) {
    ByteBuffer unit = accessUnit.data();
    boolean sequence = false;
    boolean picture = false;
    int delimiterEnd = 0;
    while (unit.remaining() > LENGTH_SIZE) {
      int start = unit.position();
      int length = unit.getInt();
      if (length < 1 || length > unit.remaining()) {
        break;
      }
      int end = unit.position() + length;
      int type = NalUnit.type(unit.get(unit.position()));
      sequence |= type == NalUnit.SEQUENCE_PARAMETERS;
      picture |= type == NalUnit.PICTURE_PARAMETERS;
      if (type == NalUnit.DELIMITER && start == 0) {
        delimiterEnd = end;
      }
      if (type == NalUnit.SEQUENCE_PARAMETERS || type == NalUnit.PICTURE_PARAMETERS) {
        remember(unit.slice(start, end - start));
      }
      unit.position(end);
    }
    boolean complete = sequence && picture;
    boolean known = sequenceSets > 0 && sets.size() > sequenceSets;
    return accessUnit.keyFrame() && !complete && known
        ? withSets(accessUnit, delimiterEnd)
        : accessUnit;
  }

  /** Takes a NAL unit with its length in front. */
  private void remember(ByteBuffer set) {
    int key = set.remaining() > LENGTH_SIZE + MAX_SIZE ? NO_KEY : key(set);
    if (key == NO_KEY) {
      return;
    }
    byte[] bytes = new byte[set.remaining()];
    set.get(bytes);
    byte[] before = sets.put(key, bytes);
    size += bytes.length;
    if (before != null) {
      size -= before.length;
    } else if (key < PICTURE_KEYS) {
      sequenceSets++;
    }
  }

  private static int key(ByteBuffer set) {
    boolean sequence = NalUnit.type(set.get(LENGTH_SIZE)) == NalUnit.SEQUENCE_PARAMETERS;
    // A sequence parameter set's id comes behind profile, constraints and level (H.264 7.3.2.1.1),
    // a picture parameter set's own id first (7.3.2.2).
    int id = unsignedExpGolomb(set, LENGTH_SIZE + (sequence ? 4 : 1));
    if (id == NO_KEY || id > (sequence ? MAX_SEQUENCE_ID : MAX_PICTURE_ID)) {
      return NO_KEY;
    }
    return sequence ? id : PICTURE_KEYS + id;
  }

  /** The number that begins at a byte (H.264 section 9.1), of at most 17 bits. */
  private static int unsignedExpGolomb(ByteBuffer bytes, int at) {
    int bits = 0;
    for (int i = 0; i < 3; i++) {
      bits = bits << 8 | (at + i < bytes.limit() ? bytes.get(at + i) & 0xFF : 0);
    }
    int zeros = Integer.numberOfLeadingZeros(bits) - 8;
    return zeros > 8 ? NO_KEY : (bits >>> (23 - 2 * zeros)) - 1;
  }

  private EncodedFrame withSets(EncodedFrame accessUnit, int at) {
    byte[] bytes = new byte[accessUnit.size() + size];
    ByteBuffer unit = accessUnit.data();
    unit.get(bytes, 0, at);
    int end = at;
    for (byte[] set : sets.values()) {
      System.arraycopy(set, 0, bytes, end, set.length);
      end += set.length;
    }
    unit.get(bytes, end, unit.remaining());
    return new EncodedFrame(accessUnit.track(), accessUnit.time(), true, bytes);
  }
}
