package io.github.kvslocal.rtp;

import io.github.kvslocal.rtp.packet.RtpPacket;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * The packets of one stream, in order, with those that are missing asked for again at the pace of
 * the path and waited for as long as that takes.
 */
final class RepairedStream {
  /**
   * Packets asked for before the first that came, where that cannot be the first that was sent. A
   * sender that has not sent them does not answer.
   */
  private static final int BEGINNING = 4;

  private final JitterBuffer buffer;
  private final NackSchedule nacks;
  private final RepairPace pace;
  private final boolean asks;
  private final boolean answersBesides;
  private final long startHold;
  private final Predicate<RtpPacket> begins;
  private long missed;

  /**
   * @param slots packets held at most, a power of two
   * @param startHoldNanos how long the stream's first packet is waited for; {@link
   *     JitterBuffer#NO_HOLD} if any packet may be it
   * @param begins whether a packet may be the first of a stream
   */
  RepairedStream(
      int slots,
      TrackFormat format,
      ReceiveTiming timing,
      long startHoldNanos,
      Predicate<RtpPacket> begins) {
    this.asks = format.nack();
    this.answersBesides = format.rtxPayloadType() != TrackFormat.NONE;
    this.startHold = startHoldNanos;
    this.begins = begins;
    this.pace = new RepairPace(asks, timing);
    this.nacks = new NackSchedule(slots, pace);
    this.buffer =
        new JitterBuffer(
            slots, (asks ? timing.lossHold() : timing.reorderHold()).toNanos(), startHold);
  }

  /**
   * Learns from a packet of the stream before it is pushed, if it was missed; returns whether it
   * comes since it was asked for. Without RTX it may have been on its way all the time.
   */
  boolean isAnswer(RtpPacket packet, long now) {
    long missingFor = buffer.missingFor(packet.sequenceNumber(), now);
    if (missingFor == 0) {
      return false;
    }
    boolean answer = !answersBesides && nacks.answered(unwrap(packet), now);
    if (!answer) {
      pace.overtaken(missingFor, now);
    }
    buffer.hold(pace.hold(now));
    return answer;
  }

  private long unwrap(RtpPacket packet) {
    return buffer.unwrap(packet.sequenceNumber());
  }

  /** Learns from a retransmission of this number; returns whether it can still fill a place. */
  boolean takesAgain(int number, long now) {
    nacks.answered(buffer.unwrap(number), now);
    buffer.hold(pace.hold(now));
    return buffer.wants(number);
  }

  /**
   * Takes a packet.
   *
   * @param drain empties the buffer as far as it goes, where it has no room for the packet
   */
  JitterBuffer.Verdict push(RtpPacket packet, long now, LongConsumer drain) {
    long highest = buffer.highest();
    long next = buffer.next();
    boolean started = buffer.isStarted();
    JitterBuffer.Verdict verdict = buffer.push(packet, now);
    while (verdict == JitterBuffer.Verdict.FULL) {
      buffer.giveUp();
      drain.accept(now);
      verdict = buffer.push(packet, now);
    }
    missed = 0;
    if (verdict == JitterBuffer.Verdict.RESTARTED) {
      nacks.clear();
    } else if (verdict == JitterBuffer.Verdict.QUEUED) {
      if (buffer.isStarting() && (!started || buffer.next() < next)) {
        awaitBeginning(packet, now);
      }
      if (started) {
        note(packet, highest, next, now);
      }
    }
    return verdict;
  }

  private void note(RtpPacket packet, long highestBefore, long nextBefore, long now) {
    missed = Math.max(0, buffer.highest() - highestBefore - 1);
    if (missed == 0 && buffer.highest() == highestBefore) {
      nacks.arrived(unwrap(packet));
    }
    if (asks) {
      nacks.missing(highestBefore + 1, buffer.highest() - 1, now);
      nacks.missing(buffer.next() + 1, nextBefore - 1, now);
    }
  }

  /** The packet is the first of all that came: is it the first that was sent? */
  private void awaitBeginning(RtpPacket first, long now) {
    nacks.forgetBefore(buffer.next());
    if (asks && !begins.test(first)) {
      nacks.missing(buffer.next() - BEGINNING, buffer.next() - 1, now);
      buffer.startHold(pace.hold(now));
    } else {
      buffer.startHold(startHold);
    }
  }

  /** Packets that the one pushed last showed to be missing. */
  long missed() {
    return missed;
  }

  /** What has left the buffer is asked for no longer. */
  void drained() {
    if (!buffer.isStarting()) {
      nacks.forgetBefore(buffer.next());
    }
  }

  /** Forgets the stream; the next packet begins another. */
  void reset() {
    buffer.reset();
    nacks.clear();
  }

  JitterBuffer buffer() {
    return buffer;
  }

  NackSchedule nacks() {
    return nacks;
  }

  /** When the buffer or the next request is due. */
  long nextDeadline() {
    return Math.min(buffer.nextDeadline(), nacks.nextDeadline());
  }
}
