package io.github.kvslocal.fragment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoder configuration of the newest parameter sets that a sender put into its access units,
 * or told out of band. A set replaces the one of its kind and id (ITU-T H.264 section 7.4.1.2.1);
 * what came before a key frame with a sequence parameter set that is new is forgotten, since
 * another encoder seems to have taken over.
 */
final class CurrentConfiguration {
  /** ITU-T H.264 table 7-1. */
  private static final int SEQUENCE = 7;

  private static final int PICTURE = 8;

  /** A parameter set of more bytes is no parameter set; real ones have tens. */
  private static final int MOST_BYTES = 4096;

  /** ITU-T H.264 sections 7.4.2.1.1 and 7.4.2.2: what has a greater id is no parameter set. */
  private static final int LAST_SEQUENCE_ID = 31;

  private static final int LAST_PICTURE_ID = 255;

  /** Of one access unit; there are no more ids. */
  private static final int MOST_SETS = LAST_SEQUENCE_ID + 1 + LAST_PICTURE_ID + 1;

  private List<ByteBuffer> sequence = List.of();
  private List<ByteBuffer> picture = List.of();
  private @Nullable AvcConfiguration configuration;

  /**
   * Looks for parameter sets among NAL units behind their lengths; stops where these make no sense.
   *
   * @param keyFrame whether they are a key frame
   */
  void scan(ByteBuffer data, boolean keyFrame) {
    List<ByteBuffer> foundSequence = List.of();
    List<ByteBuffer> foundPicture = List.of();
    int sets = 0;
    while (data.remaining() > 4 && sets < MOST_SETS) {
      int length = data.getInt();
      if (length <= 0 || length > data.remaining()) {
        break;
      }
      int type = data.get(data.position()) & 0x1f;
      boolean isSet = (type == SEQUENCE || type == PICTURE) && length <= MOST_BYTES;
      sets += isSet ? 1 : 0;
      if (isSet && type == SEQUENCE) {
        foundSequence = with(foundSequence, data.slice(data.position(), length));
      } else if (isSet) {
        foundPicture = with(foundPicture, data.slice(data.position(), length));
      }
      data.position(data.position() + length);
    }
    if (!foundSequence.isEmpty() || !foundPicture.isEmpty()) {
      boolean anew = keyFrame && !sequence.containsAll(foundSequence);
      replace(
          anew ? foundSequence : merged(sequence, foundSequence),
          anew && !foundPicture.isEmpty() ? foundPicture : merged(picture, foundPicture));
    }
  }

  /** The decoder configuration of the newest sets; empty until there are sets of both kinds. */
  Optional<AvcConfiguration> configuration() {
    return Optional.ofNullable(configuration);
  }

  private void replace(List<ByteBuffer> nextSequence, List<ByteBuffer> nextPicture) {
    if (nextSequence.equals(sequence) && nextPicture.equals(picture)) {
      return;
    }
    sequence = nextSequence;
    picture = nextPicture;
    AvcConfiguration.of(sequence, picture).ifPresent(readable -> configuration = readable);
  }

  private static List<ByteBuffer> merged(List<ByteBuffer> known, List<ByteBuffer> found) {
    List<ByteBuffer> all = known;
    for (ByteBuffer set : found) {
      all = with(all, set);
    }
    return all;
  }

  /** The same with another set, in the place of the one that has its id. */
  private static List<ByteBuffer> with(List<ByteBuffer> sets, ByteBuffer set) {
    byte[] bytes = new byte[set.remaining()];
    set.get(bytes);
    // A copy of the bytes, so that a set does not keep its access unit in memory.
    ByteBuffer copy = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    int id = idOf(copy);
    if (sets.contains(copy) || id > (isSequence(copy) ? LAST_SEQUENCE_ID : LAST_PICTURE_ID)) {
      return sets;
    }
    List<ByteBuffer> others = new ArrayList<>(sets);
    for (int i = 0; i < others.size(); i++) {
      if (idOf(others.get(i)) == id) {
        others.set(i, copy);
        return others;
      }
    }
    others.add(copy);
    return others;
  }

  /** Behind profile, constraints and level in a sequence parameter set, first in a picture's. */
  private static int idOf(ByteBuffer set) {
    BitReader bits = new BitReader(set);
    bits.skip(8);
    if (isSequence(set)) {
      bits.skip(24);
    }
    return bits.golomb();
  }

  private static boolean isSequence(ByteBuffer set) {
    return (set.get(set.position()) & 0x1f) == SEQUENCE;
  }
}
