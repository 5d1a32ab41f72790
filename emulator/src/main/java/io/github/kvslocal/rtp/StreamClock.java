package io.github.kvslocal.rtp;

import io.github.kvslocal.rtp.packet.RtpTimestamp;
import io.github.kvslocal.rtp.rtcp.NtpTime;

/**
 * The clock of one RTP stream as seen from ours: its ticks placed on the receiver's monotonic
 * nanoseconds. Corrections are slewed, so that its time never runs backwards or jumps.
 */
final class StreamClock {
  /** A correction moves time by at most this part of the time that passed. */
  private static final int SLEW = 100;

  private final int clockRate;
  private boolean counting;
  private long ticks;
  private boolean heard;
  private long arrivalOffset;
  private boolean reported;
  private long senderOffset;
  private boolean placed;
  private long offset;
  private long target;
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
    senderOffset = NtpTime.toNanos(ntp) - nanos(unwrap(timestamp));
    reported = true;
  }

  boolean isReported() {
    return reported;
  }

  boolean isPlaced() {
    return placed;
  }

  /** From the sender's wall clock to ours, as this stream's fastest frame shows it. */
  long wallOffset() {
    return arrivalOffset - senderOffset;
  }

  /** From the sender's wall clock to ours, as this stream's place implies it. */
  long impliedWallOffset() {
    return offset - senderOffset;
  }

  /** The sender's wall clock at these ticks, as its reports have it, in nanoseconds. */
  long wall(long frameTicks) {
    return nanos(frameTicks) + senderOffset;
  }

  /** Places the stream by its arrivals. */
  void placeByArrival() {
    placeAt(arrivalOffset);
  }

  /** Places the stream by its reports. */
  void placeByReport(long wallOffset) {
    placeAt(senderOffset + wallOffset);
  }

  /** Moves the place so that these ticks are at this moment, and forgets the reports. */
  void placeAt(long frameTicks, long moment) {
    placeAt(moment - nanos(frameTicks));
    reported = false;
    latest = frameTicks;
  }

  private void placeAt(long newOffset) {
    offset = newOffset;
    target = newOffset;
    latest = ticks;
    placed = true;
  }

  /** How far the place is from where the reports say; what {@link #steer} would correct. */
  long deviation(long wallOffset) {
    return senderOffset + wallOffset - offset;
  }

  /** Lets the place drift to where the reports say. */
  void steer(long wallOffset) {
    target = senderOffset + wallOffset;
  }

  /** Our moment of these ticks, in monotonic nanoseconds. */
  long moment(long frameTicks) {
    if (frameTicks > latest) {
      long step = nanos(frameTicks - latest) / SLEW;
      offset += Math.max(-step, Math.min(step, target - offset));
      latest = frameTicks;
    }
    return nanos(frameTicks) + offset;
  }

  /** Nanoseconds of so many ticks. */
  long nanos(long count) {
    return RtpTimestamp.toNanos(count, clockRate);
  }
}
