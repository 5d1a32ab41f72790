package io.github.kvslocal.fragment;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a decoder of H.264 must know before the first picture: the decoder configuration record of
 * ISO/IEC 14496-15 section 5.3.3, which is the CodecPrivate of Matroska and the {@code avcC} box of
 * MP4, and the size of the pictures.
 *
 * @param codecPrivate the record, read-only, from position 0; lengths of NAL units have four bytes
 * @param width of the picture after cropping, in pixels
 * @param height of the picture after cropping, in pixels
 */
public record AvcConfiguration(ByteBuffer codecPrivate, int width, int height) {
  private static final int MOST_SEQUENCE_SETS = 31;
  private static final int MOST_PICTURE_SETS = 255;
  private static final int LONGEST_SET = 0xffff;

  /**
   * Puts parameter sets together, each a NAL unit with its header. Empty if either kind is missing,
   * a set is too long, there are too many, or the first sequence parameter set cannot be read.
   */
  public static Optional<AvcConfiguration> of(List<ByteBuffer> sequence, List<ByteBuffer> picture) {
    if (sequence.isEmpty()
        || picture.isEmpty()
        || sequence.size() > MOST_SEQUENCE_SETS
        || picture.size() > MOST_PICTURE_SETS
        || tooLong(sequence)
        || tooLong(picture)) {
      return Optional.empty();
    }
    return SequenceParameterSet.parse(sequence.get(0))
        .map(
            first ->
                new AvcConfiguration(
                    record(first, sequence, picture), first.width(), first.height()));
  }

  @Override
  public ByteBuffer codecPrivate() {
    return codecPrivate.duplicate();
  }

  private static boolean tooLong(List<ByteBuffer> sets) {
    return sets.stream().anyMatch(set -> set.remaining() > LONGEST_SET);
  }

  // version 1 | profile | compatibility | level | 111111 lengthSizeMinusOne=3
  // 111 count | (length 16, SPS)* | count 8 | (length 16, PPS)*
  // High profiles only: 111111 chroma format | 11111 luma depth-8 | 11111 chroma depth-8 | 0 SPS
  // extensions
  private static ByteBuffer record(
      SequenceParameterSet first, List<ByteBuffer> sequence, List<ByteBuffer> picture) {
    int size = 7 + 4;
    for (ByteBuffer set : sequence) {
      size += 2 + set.remaining();
    }
    for (ByteBuffer set : picture) {
      size += 2 + set.remaining();
    }
    ByteBuffer record = ByteBuffer.allocate(size);
    record.put((byte) 1);
    record.put((byte) first.profile());
    record.put((byte) first.compatibility());
    record.put((byte) first.level());
    record.put((byte) 0xff);
    record.put((byte) (0xe0 | sequence.size()));
    put(record, sequence);
    record.put((byte) picture.size());
    put(record, picture);
    if (first.isHigh()) {
      record.put((byte) (0xfc | first.chromaFormat()));
      record.put((byte) (0xf8 | (first.lumaDepth() - 8)));
      record.put((byte) (0xf8 | (first.chromaDepth() - 8)));
      record.put((byte) 0);
    }
    return record.flip().slice().asReadOnlyBuffer();
  }

  private static void put(ByteBuffer record, List<ByteBuffer> sets) {
    for (ByteBuffer set : sets) {
      record.putShort((short) set.remaining());
      record.put(set.duplicate());
    }
  }
}
