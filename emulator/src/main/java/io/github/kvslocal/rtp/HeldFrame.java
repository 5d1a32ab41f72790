package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;

/** A whole frame that still has its sender's time. */
final class HeldFrame {
  private final EncodedFrame live;
  private final StreamClock clock;
  private final long ticks;
  private final long arrival;

  /**
   * @param live the frame at its provisional time
   */
  HeldFrame(EncodedFrame live, StreamClock clock, long ticks, long arrival) {
    this.live = live;
    this.clock = clock;
    this.ticks = ticks;
    this.arrival = arrival;
  }

  Track track() {
    return live.track();
  }

  /** When it is presented, as far as its own track alone can tell. */
  MediaTime liveTime() {
    return live.time();
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
    return live.size();
  }

  EncodedFrame at(MediaTime time) {
    return live.at(time);
  }
}
