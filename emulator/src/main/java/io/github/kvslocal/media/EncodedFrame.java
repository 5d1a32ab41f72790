package io.github.kvslocal.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One access unit of H.264 or one packet of Opus, as its sender encoded it.
 *
 * <p>An H.264 access unit is its NAL units in order, each behind its length as four bytes
 * big-endian (ISO/IEC 14496-15 section 5.3, lengthSizeMinusOne 3); parameter sets stay in band
 * where the sender put them.
 */
public final class EncodedFrame {
  private final Track track;
  private final MediaTime time;
  private final boolean keyFrame;
  private final byte[] data;
  private final boolean afterLoss;

  /** Takes the array over: the caller must not change it afterwards. */
  public EncodedFrame(Track track, MediaTime time, boolean keyFrame, byte[] data) {
    this(track, time, keyFrame, data, /* afterLoss= */ false);
  }

  private EncodedFrame(
      Track track, MediaTime time, boolean keyFrame, byte[] data, boolean afterLoss) {
    this.track = track;
    this.time = time;
    this.keyFrame = keyFrame;
    this.data = data;
    this.afterLoss = afterLoss;
  }

  public Track track() {
    return track;
  }

  /** When it is presented. */
  public MediaTime time() {
    return time;
  }

  /** Whether decoding can start here: an IDR picture; always true for audio. */
  public boolean keyFrame() {
    return keyFrame;
  }

  /** A read-only view of the bytes, from position 0. */
  public ByteBuffer data() {
    return ByteBuffer.wrap(data).asReadOnlyBuffer();
  }

  public int size() {
    return data.length;
  }

  /** The same frame at another time. */
  public EncodedFrame at(MediaTime otherTime) {
    return new EncodedFrame(track, otherTime, keyFrame, data, afterLoss);
  }

  /** The same frame, in or before which something of its track is missing for good. */
  public EncodedFrame withLoss() {
    return new EncodedFrame(track, time, keyFrame, data, /* afterLoss= */ true);
  }

  /** Whether something of its track is missing in it or before it; frames are equal without it. */
  public boolean afterLoss() {
    return afterLoss;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedFrame that
        && track == that.track
        && time.equals(that.time)
        && keyFrame == that.keyFrame
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(track, time, keyFrame, Arrays.hashCode(data));
  }

  @Override
  public String toString() {
    return "%s %d ms%s, %d bytes"
        .formatted(track, time.millis(), keyFrame ? " key" : "", data.length);
  }
}
