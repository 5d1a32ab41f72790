package io.github.kvslocal.matroska;

import java.nio.ByteBuffer;

/**
 * One frame in a file.
 *
 * @param track the number of its track
 * @param timeMillis from the start of the file
 * @param data read-only, from position 0
 */
public record MatroskaBlock(int track, long timeMillis, boolean keyFrame, ByteBuffer data) {
  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }
}
