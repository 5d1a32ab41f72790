package io.github.kvslocal.rtp;

import io.github.kvslocal.rtp.packet.RtpTimestamp;
import io.github.kvslocal.rtp.rtcp.NtpTime;

/**
 * The clock of one RTP stream as seen from ours: its ticks placed on the receiver's monotonic
 * nanoseconds. It runs as fast as its reports have it, and what they correct beyond that is slewed,
 * so that its time never runs backwards or jumps.
 */
final class StreamClock {
  /** A correction moves time by at most this part of the time that passed. */
  private static final int SLEW = 100;

  private final int clockRate;
  private final ReportedClock sender = new ReportedClock();
  private boolean counting;
  private long ticks;
  private boolean heard;
  private long arrivalOffset;
  private boolean placed;
  private boolean steered;
  private long offset;
  private long wallOffset;
  private long latest;

  StreamClock(int clockRate) {
    this.clockRate = clockRate;
  }

  /** The unwrapped count of a timestamp. */
  long unwrap(int timestamp) {
    if (!counting) {
      counting = true;
      ticks = timestamp & 0xFFFF_FFFFL;
    }
    return RtpTimestamp.unwrap(ticks, timestamp);
  }

  /** A frame came: the fastest way through the network tells most about the clocks. */
  void heard(long frameTicks, long arrival) {
    ticks = frameTicks;
    long candidate = arrival - nanos(frameTicks);
    arrivalOffset = heard ? Math.min(arrivalOffset, candidate) : candidate;
    heard = true;
  }

  /** A sender report: from it on, ticks have a place on the sender's wall clock. */
  void report(long ntp, int timestamp) {
    sender.report(nanos(unwrap(timestamp)), NtpTime.toNanos(ntp));
  }

  boolean isReported() {
    return sender.isKnown();
  }

  boolean isPlaced() {
    return placed;
  }

  /** From the sender's wall clock to ours, as this stream's fastest frame shows it. */
  long wallOffset() {
    return arrivalOffset - sender.offset(nanos(ticks));
  }

  /** From the sender's wall clock to ours, as this stream's place implies it. */
  long impliedWallOffset() {
    return offset - sender.offset(nanos(latest));
  }

  /** The sender's wall clock at these ticks, as its reports have it, in nanoseconds. */
  long wall(long frameTicks) {
    return nanos(frameTicks) + sender.offset(nanos(frameTicks));
  }

  /** Places the stream by its arrivals. */
  void placeByArrival() {
    placeAt(arrivalOffset);
  }

  /** Places the stream by its reports. */
  void placeByReport(long senderToOurs) {
    placeAt(sender.offset(nanos(ticks)) + senderToOurs);
    steer(senderToOurs);
  }

  /** Moves the place so that these ticks are at this moment, and forgets the reports. */
  void placeAt(long frameTicks, long moment) {
    placeAt(moment - nanos(frameTicks));
    sender.forget();
    latest = frameTicks;
  }

  private void placeAt(long newOffset) {
    offset = newOffset;
    steered = false;
    latest = ticks;
    placed = true;
  }

  /** How far the place is from where the reports say; what {@link #steer} would correct. */
  long deviation(long senderToOurs) {
    return sender.offset(nanos(latest)) + senderToOurs - offset;
  }

  /** Lets the place drift to where the reports say. */
  void steer(long senderToOurs) {
    wallOffset = senderToOurs;
    steered = true;
  }

  /** Our moment of these ticks, in monotonic nanoseconds. */
  long moment(long frameTicks) {
    if (frameTicks > latest) {
      long passed = nanos(frameTicks) - nanos(latest);
      offset += sender.drift(passed);
      latest = frameTicks;
      if (steered) {
        long step = passed / SLEW;
        offset += Math.max(-step, Math.min(step, deviation(wallOffset)));
      }
    }
    return nanos(frameTicks) + offset;
  }

  /** Nanoseconds of so many ticks. */
  long nanos(long count) {
    return RtpTimestamp.toNanos(count, clockRate);
  }
}
