package io.github.kvslocal.fragment;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * What a recorder needs of a sequence parameter set (ITU-T H.264 section 7.3.2.1.1).
 *
 * @param chromaFormat 0 to 3; 1 is 4:2:0
 * @param width after cropping, in pixels
 * @param height after cropping, in pixels
 */
record SequenceParameterSet(
    int profile,
    int compatibility,
    int level,
    int chromaFormat,
    int lumaDepth,
    int chromaDepth,
    int width,
    int height) {
  /** The profiles whose sets tell the chroma format (section 7.3.2.1.1). */
  private static final Set<Integer> WITH_CHROMA_FORMAT =
      Set.of(100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135);

  /** ISO/IEC 14496-15 section 5.3.3.1.2: the profiles whose records end with the chroma format. */
  private static final Set<Integer> HIGH = Set.of(100, 110, 122, 144, 244);

  private static final int MOST_BYTES = 4096;
  private static final int LARGEST_SIDE = 16_384;

  /** Reads a NAL unit with its header; empty if it cannot be a sequence parameter set. */
  static Optional<SequenceParameterSet> parse(ByteBuffer nalUnit) {
    if (nalUnit.remaining() < 4
        || nalUnit.remaining() > MOST_BYTES
        || (nalUnit.get(nalUnit.position()) & 0x1f) != 7) {
      return Optional.empty();
    }
    BitReader bits = new BitReader(nalUnit);
    bits.skip(8);
    int profile = bits.bits(8);
    int compatibility = bits.bits(8);
    int level = bits.bits(8);
    bits.golomb();
    int chromaFormat = 1;
    int lumaDepth = 8;
    int chromaDepth = 8;
    boolean separatePlanes = false;
    if (WITH_CHROMA_FORMAT.contains(profile)) {
      chromaFormat = bits.golomb();
      separatePlanes = chromaFormat == 3 && bits.flag();
      lumaDepth = 8 + bits.golomb();
      chromaDepth = 8 + bits.golomb();
      bits.skip(1);
      if (bits.flag()) {
        skipScalingMatrix(bits, chromaFormat);
      }
    }
    bits.golomb();
    skipPictureOrder(bits);
    bits.golomb();
    bits.skip(1);
    long widthInBlocks = bits.golomb() + 1L;
    long heightInUnits = bits.golomb() + 1L;
    boolean framesOnly = bits.flag();
    if (!framesOnly) {
      bits.skip(1);
    }
    bits.skip(1);
    long cropX = 0;
    long cropY = 0;
    if (bits.flag()) {
      cropX = (long) bits.golomb() + bits.golomb();
      cropY = (long) bits.golomb() + bits.golomb();
    }
    boolean subsampledX = !separatePlanes && (chromaFormat == 1 || chromaFormat == 2);
    boolean subsampledY = !separatePlanes && chromaFormat == 1;
    int fields = framesOnly ? 1 : 2;
    long width = 16 * widthInBlocks - cropX * (subsampledX ? 2 : 1);
    long height = 16L * fields * heightInUnits - cropY * fields * (subsampledY ? 2 : 1);
    if (bits.isBroken()
        || chromaFormat > 3
        || lumaDepth > 14
        || chromaDepth > 14
        || width < 1
        || height < 1
        || width > LARGEST_SIDE
        || height > LARGEST_SIDE) {
      return Optional.empty();
    }
    return Optional.of(
        new SequenceParameterSet(
            profile,
            compatibility,
            level,
            chromaFormat,
            lumaDepth,
            chromaDepth,
            (int) width,
            (int) height));
  }

  boolean isHigh() {
    return HIGH.contains(profile);
  }

  /** Section 7.3.2.1.1.1. */
  private static void skipScalingMatrix(BitReader bits, int chromaFormat) {
    int lists = chromaFormat == 3 ? 12 : 8;
    for (int list = 0; list < lists; list++) {
      if (bits.flag()) {
        int size = list < 6 ? 16 : 64;
        int last = 8;
        int next = 8;
        for (int i = 0; i < size && next != 0; i++) {
          next = (last + bits.signedGolomb()) & 0xff;
          last = next == 0 ? last : next;
        }
      }
    }
  }

  private static void skipPictureOrder(BitReader bits) {
    int type = bits.golomb();
    if (type == 0) {
      bits.golomb();
    } else if (type == 1) {
      bits.skip(1);
      bits.golomb();
      bits.golomb();
      int cycle = bits.golomb();
      for (int i = 0; i < cycle && !bits.isBroken(); i++) {
        bits.golomb();
      }
    }
  }
}
