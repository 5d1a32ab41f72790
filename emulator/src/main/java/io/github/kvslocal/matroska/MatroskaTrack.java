package io.github.kvslocal.matroska;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * What a file says of one of its tracks (RFC 9559 section 5.1.4).
 *
 * @param number as in the blocks, 1 to 126
 * @param codecId such as {@code V_MPEG4/ISO/AVC}; the codec mapping says what codecPrivate holds
 * @param codecPrivate read-only, from position 0
 * @param width of the picture in pixels; 0 for audio
 * @param height of the picture in pixels; 0 for audio
 * @param channels of audio; 0 for video
 * @param codecDelay what a decoder delays the sound by, to be taken off the timestamps
 * @param seekPreRoll what a decoder must have heard before a point to be right there
 */
public record MatroskaTrack(
    int number,
    String codecId,
    ByteBuffer codecPrivate,
    int width,
    int height,
    int channels,
    Duration codecDelay,
    Duration seekPreRoll) {
  /** H.264 with length prefixes; its private data is the decoder configuration record. */
  public static final String AVC = "V_MPEG4/ISO/AVC";

  /** Opus; its private data is the identification header of RFC 7845. */
  public static final String OPUS = "A_OPUS";

  @Override
  public ByteBuffer codecPrivate() {
    return codecPrivate.duplicate();
  }
}
