package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.opus.OpusDepacketizer;
import io.github.kvslocal.rtp.packet.FrameSink;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;

/**
 * The way of one audio track's packets to those who listen now. They hear a hole where a packet is
 * waited for, so it waits less than the way to the recording does, and what comes after that is
 * heard by nobody though it is recorded.
 */
final class LiveSound implements FrameSink {
  /**
   * The wait for a missing packet, in nanoseconds: half a packet. One that its successor has
   * overtaken is there by then, and the successor still comes before it is to be heard, even where
   * sound is held for one packet's length only.
   */
  static final long HOLD = 10_000_000L;

  private static final int SLOTS = 256;

  private final TrackReceiver.LiveOutput live;
  private final JitterBuffer buffer = new JitterBuffer(SLOTS, HOLD, JitterBuffer.NO_HOLD);
  private final OpusDepacketizer depacketizer = new OpusDepacketizer(this);
  private final LiveTime times = new LiveTime();
  private StreamClock clock;

  LiveSound(TrackReceiver.LiveOutput live, StreamClock clock) {
    this.live = live;
    this.clock = clock;
  }

  /** What comes is of another stream, with this clock; what waits of the old one is dropped. */
  void begin(StreamClock streamClock) {
    buffer.reset();
    clock = streamClock;
  }

  /** Takes a packet of the stream. */
  void push(RtpPacket packet, long now) {
    while (buffer.push(packet, now) == JitterBuffer.Verdict.FULL) {
      buffer.giveUp();
      drain(now);
    }
    drain(now);
  }

  /** Passes on what is in order, or has waited long enough. */
  void drain(long now) {
    while (buffer.poll(now)) {
      pass();
    }
  }

  /** Passes on everything there is: no packet of this stream will follow. */
  void end() {
    while (buffer.flush()) {
      pass();
    }
  }

  private void pass() {
    if (buffer.gapBefore()) {
      live.sink().liveGap(Track.AUDIO);
    }
    try {
      depacketizer.push(buffer.packet(), buffer.arrivedAt());
    } catch (MalformedPacketException unreadable) {
      // Counted on the way to the recording.
    }
  }

  /** The times that those who listen have been given. */
  LiveTime times() {
    return times;
  }

  /** When {@link #drain} is due. */
  long nextDeadline() {
    return buffer.nextDeadline();
  }

  @Override
  public void frame(int timestamp, long arrival, boolean keyFrame, byte[] data) {
    long moment = times.place(clock, clock.unwrap(timestamp), arrival);
    live.sink().liveFrame(new EncodedFrame(Track.AUDIO, live.clock().at(moment), keyFrame, data));
  }

  @Override
  public void dropped() {
    live.sink().liveGap(Track.AUDIO);
  }
}
