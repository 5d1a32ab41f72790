package io.github.kvslocal.fragment;

import io.github.kvslocal.media.EncodedFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoder configuration of the newest parameter sets that a sender put into its access units;
 * those of a kind replace all earlier ones of that kind.
 */
final class CurrentConfiguration {
  /** ITU-T H.264 table 7-1. */
  private static final int SEQUENCE = 7;

  private static final int PICTURE = 8;

  /** A parameter set of more bytes is no parameter set; real ones have tens. */
  private static final int MOST_BYTES = 4096;

  private List<ByteBuffer> sequence = List.of();
  private List<ByteBuffer> picture = List.of();
  private @Nullable AvcConfiguration configuration;

  /** Looks for parameter sets in an access unit; stops where its lengths make no sense. */
  void scan(EncodedFrame frame) {
    ByteBuffer data = frame.data();
    List<ByteBuffer> foundSequence = List.of();
    List<ByteBuffer> foundPicture = List.of();
    while (data.remaining() > 4) {
      int length = data.getInt();
      if (length <= 0 || length > data.remaining()) {
        break;
      }
      int type = data.get(data.position()) & 0x1f;
      if (type == SEQUENCE && length <= MOST_BYTES) {
        foundSequence = with(foundSequence, data.slice(data.position(), length));
      } else if (type == PICTURE && length <= MOST_BYTES) {
        foundPicture = with(foundPicture, data.slice(data.position(), length));
      }
      data.position(data.position() + length);
    }
    if (!foundSequence.isEmpty() || !foundPicture.isEmpty()) {
      replace(foundSequence, foundPicture);
    }
  }

  /** The decoder configuration of the newest sets; empty until there are sets of both kinds. */
  Optional<AvcConfiguration> configuration() {
    return Optional.ofNullable(configuration);
  }

  private void replace(List<ByteBuffer> newSequence, List<ByteBuffer> newPicture) {
    List<ByteBuffer> nextSequence = newSequence.isEmpty() ? sequence : newSequence;
    List<ByteBuffer> nextPicture = newPicture.isEmpty() ? picture : newPicture;
    if (nextSequence.equals(sequence) && nextPicture.equals(picture)) {
      return;
    }
    sequence = nextSequence;
    picture = nextPicture;
    AvcConfiguration.of(sequence, picture).ifPresent(readable -> configuration = readable);
  }

  /** A copy of the bytes, so that a set does not keep its access unit in memory. */
  private static List<ByteBuffer> with(List<ByteBuffer> sets, ByteBuffer set) {
    byte[] bytes = new byte[set.remaining()];
    set.get(bytes);
    ByteBuffer copy = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    if (sets.contains(copy)) {
      return sets;
    }
    List<ByteBuffer> more = new ArrayList<>(sets);
    more.add(copy);
    return more;
  }
}
