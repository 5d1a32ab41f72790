package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;

/** A whole frame that still has its sender's time. */
final class HeldFrame {
  private final Track track;
  private final StreamClock clock;
  private final long ticks;
  private final long arrival;
  private final boolean keyFrame;
  private final byte[] data;

  /** Takes the array over. */
  HeldFrame(
      Track track, StreamClock clock, long ticks, long arrival, boolean keyFrame, byte[] data) {
    this.track = track;
    this.clock = clock;
    this.ticks = ticks;
    this.arrival = arrival;
    this.keyFrame = keyFrame;
    this.data = data;
  }

  Track track() {
    return track;
  }

  StreamClock clock() {
    return clock;
  }

  long ticks() {
    return ticks;
  }

  /** When its first packet came, in monotonic nanoseconds. */
  long arrival() {
    return arrival;
  }

  int size() {
    return data.length;
  }

  EncodedFrame at(MediaTime time) {
    return new EncodedFrame(track, time, keyFrame, data);
  }
}
