package io.github.kvslocal.assertions;

import io.github.kvslocal.media.Track;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A picture or a packet of sound as it was recorded.
 *
 * @param at its producer timestamp, in milliseconds
 * @param keyFrame whether decoding can start here; always true for sound
 * @param data read-only, from position 0: H.264 with length prefixes of four bytes, or Opus
 */
public record RecordedFrame(Track track, Instant at, boolean keyFrame, ByteBuffer data) {
  public RecordedFrame {
    data = data.asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer data() {
    return data.duplicate();
  }

  /** For a person to read. */
  @Override
  public String toString() {
    return "%s at %s%s, %d bytes"
        .formatted(track, at, keyFrame && track == Track.VIDEO ? " key" : "", data.remaining());
  }
}
