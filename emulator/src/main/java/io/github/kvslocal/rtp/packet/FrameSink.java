package io.github.kvslocal.rtp.packet;

/** Where a depacketizer's frames go: access units of H.264, packets of Opus. */
public interface FrameSink {
  /**
   * A whole frame.
   *
   * @param timestamp the RTP timestamp its packets carried
   * @param arrival when its first packet came, in monotonic nanoseconds
   * @param keyFrame whether decoding can start here
   * @param data as in {@link io.github.kvslocal.media.EncodedFrame}; the sink's to keep
   */
  void frame(int timestamp, long arrival, boolean keyFrame, byte[] data);

  /** Something is missing for good in the next frame, or between it and the one before. */
  default void lossBefore() {}

  /** A frame was dropped since part of it is missing, unreadable or beyond the limit. */
  void dropped();
}
