package io.github.kvslocal.rtp;

import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.packet.SequenceNumber;
import java.util.Arrays;

/**
 * Puts the packets of one stream in order. Nothing waits while nothing is missing; a missing packet
 * holds up those behind it for at most the hold, then it is skipped as a gap. The first packet that
 * comes need not be the stream's first: for the start hold nothing is delivered, so that those that
 * it has overtaken come in front of it.
 *
 * <p>It holds {@code capacity} consecutive numbers. When a stream is too fast for them, what is
 * missing is skipped early. A packet far away is dropped, unless the next one continues it: then
 * the stream has restarted (RFC 3550 appendix A.1) and what was waiting is dropped.
 */
final class JitterBuffer {
  /** Bytes of the largest packet, a jumbo frame's. */
  static final int MAX_PACKET = 9_000;

  /** A stream begins with the first packet that comes. */
  static final long NO_HOLD = 0;

  private static final int USUAL_PACKET = 1_536;
  private static final byte[] ABSENT = new byte[0];

  /** What became of a packet. */
  enum Verdict {
    QUEUED,
    /** The stream has restarted, and this is its next packet; earlier numbers mean nothing now. */
    RESTARTED,
    DUPLICATE,
    LATE,
    DISTANT,
    /** It is next, but what is missing takes too many slots: {@link #giveUp} and try again. */
    FULL
  }

  private final int capacity;
  private long holdNanos;
  private final long startHoldNanos;
  private final byte[][] slots;
  private final int[] lengths;

  /** When a packet came, or since when it has been known to be missing. */
  private final long[] since;

  /** The last number that a slot delivered, to tell duplicates from latecomers. */
  private final long[] delivered;

  private final byte[][] free;
  private int freeCount;

  private final RtpPacket packet = new RtpPacket();
  private byte[] current = ABSENT;
  private long currentSince;
  private boolean gapBefore;

  private boolean started;

  /** Whether the stream's first packets may still come, until {@code startsAt}. */
  private boolean starting;

  private long cameAt;
  private long startsAt;
  private long first;
  private long next;
  private long highest = -1;
  private boolean restarting;
  private int restartAt;
  private long lost;

  /**
   * A buffer of so many slots, a power of two.
   *
   * @param startHoldNanos how long packets before the first that comes are waited for; with {@link
   *     #NO_HOLD} there are none
   */
  JitterBuffer(int capacity, long holdNanos, long startHoldNanos) {
    this.capacity = capacity;
    this.holdNanos = holdNanos;
    this.startHoldNanos = startHoldNanos;
    this.slots = new byte[capacity][];
    this.lengths = new int[capacity];
    this.since = new long[capacity];
    this.delivered = new long[capacity];
    this.free = new byte[capacity][];
    Arrays.fill(slots, ABSENT);
  }

  /** How long a missing packet is waited for from now on, in nanoseconds. */
  void hold(long nanos) {
    holdNanos = nanos;
  }

  /** The stream begins so long after its first packet came, unless it has begun. */
  void startHold(long nanos) {
    startsAt = cameAt + nanos;
  }

  /** Whether any packet of the stream has come. */
  boolean isStarted() {
    return started;
  }

  /** Whether packets in front of the first that came may still come. */
  boolean isStarting() {
    return starting;
  }

  /**
   * How long a packet that comes now has been known to be missing, in nanoseconds, though it may
   * have been skipped meanwhile; 0 for one that is not.
   */
  long missingFor(int number, long now) {
    long sequence = SequenceNumber.unwrap(highest, number);
    int slot = slot(sequence);
    boolean known = sequence >= first && sequence <= highest && highest - sequence < capacity;
    return known && slots[slot] == ABSENT && delivered[slot] != sequence ? now - since[slot] : 0;
  }

  /** Takes a packet; its bytes are copied. */
  Verdict push(RtpPacket arriving, long now) {
    int number = arriving.sequenceNumber();
    if (!started) {
      started = true;
      starting = startHoldNanos > 0;
      cameAt = now;
      startsAt = now + startHoldNanos;
      startAt((long) SequenceNumber.COUNT + number);
    }
    long sequence = SequenceNumber.unwrap(highest, number);
    if (starting && sequence < next && highest - sequence < capacity) {
      startEarlier(sequence, now);
    }
    if (sequence - next >= capacity && sequence - highest < capacity / 2) {
      return Verdict.FULL;
    }
    if (sequence - next >= capacity || next - sequence > capacity) {
      if (!restarting || number != restartAt) {
        restarting = true;
        restartAt = SequenceNumber.plus(number, 1);
        return Verdict.DISTANT;
      }
      clear();
      startAt(sequence);
      gapBefore = true;
      restarting = false;
      keep(arriving, sequence, now);
      return Verdict.RESTARTED;
    }
    restarting = false;
    int slot = slot(sequence);
    if (sequence < next) {
      return delivered[slot] == sequence ? Verdict.DUPLICATE : Verdict.LATE;
    }
    if (slots[slot] != ABSENT) {
      return Verdict.DUPLICATE;
    }
    for (long missing = highest + 1; missing < sequence; missing++) {
      since[slot(missing)] = now;
    }
    keep(arriving, sequence, now);
    return Verdict.QUEUED;
  }

  private void keep(RtpPacket arriving, long sequence, long now) {
    int slot = slot(sequence);
    highest = Math.max(highest, sequence);
    since[slot] = now;
    lengths[slot] = arriving.length();
    slots[slot] = take(arriving.length());
    System.arraycopy(arriving.buffer(), arriving.offset(), slots[slot], 0, arriving.length());
  }

  private void startEarlier(long sequence, long now) {
    for (long missing = sequence + 1; missing < next; missing++) {
      since[slot(missing)] = now;
    }
    next = sequence;
    first = sequence;
  }

  /** Moves to the next packet in order, if one is ready: then {@link #packet()} is it. */
  boolean poll(long now) {
    release();
    if (starting && now < startsAt) {
      return false;
    }
    starting = false;
    while (next <= highest && slots[slot(next)] == ABSENT) {
      if (now - since[slot(next)] < holdNanos) {
        return false;
      }
      skip();
    }
    return advance();
  }

  /** Moves to the next packet there is, without waiting for missing ones. */
  boolean flush() {
    release();
    giveUp();
    return advance();
  }

  /** Skips what is missing before the next packet there is; the stream begins with what came. */
  void giveUp() {
    starting = false;
    while (next <= highest && slots[slot(next)] == ABSENT) {
      skip();
    }
  }

  private void skip() {
    lost++;
    next++;
    gapBefore = true;
  }

  private boolean advance() {
    if (next > highest) {
      return false;
    }
    int slot = slot(next);
    current = slots[slot];
    currentSince = since[slot];
    slots[slot] = ABSENT;
    delivered[slot] = next;
    next++;
    try {
      packet.parse(current, 0, lengths[slot]);
    } catch (MalformedPacketException impossible) {
      throw new IllegalStateException("a packet that was read once", impossible);
    }
    return true;
  }

  /** The packet moved to, valid until the next {@link #poll} or {@link #flush}. */
  RtpPacket packet() {
    return packet;
  }

  /** Whether packets before {@link #packet()} were skipped. */
  boolean gapBefore() {
    return gapBefore;
  }

  /** When {@link #packet()} came. */
  long arrivedAt() {
    return currentSince;
  }

  /** The unwrapped number of the next packet in order. */
  long next() {
    return next;
  }

  /** The highest unwrapped number that came. */
  long highest() {
    return highest;
  }

  /** The unwrapped number nearest to the highest. */
  long unwrap(int number) {
    return SequenceNumber.unwrap(highest, number);
  }

  /** Packets skipped. */
  long lost() {
    return lost;
  }

  /**
   * When {@link #poll} will begin, or skip what is missing; {@link Long#MAX_VALUE} if there is
   * neither.
   */
  long nextDeadline() {
    if (starting) {
      return startsAt;
    }
    return next <= highest && started ? since[slot(next)] + holdNanos : Long.MAX_VALUE;
  }

  /** Whether a retransmission of this number can still fill a place. */
  boolean wants(int number) {
    long sequence = SequenceNumber.unwrap(highest, number);
    boolean ahead = sequence >= next || (starting && highest - sequence < capacity);
    return started && ahead && sequence - next < capacity && slots[slot(sequence)] == ABSENT;
  }

  /** Forgets the stream; the next packet begins another. What waits is dropped. */
  void reset() {
    clear();
    startAt(0);
    started = false;
    starting = false;
    restarting = false;
    gapBefore = false;
  }

  private void startAt(long sequence) {
    first = sequence;
    next = sequence;
    highest = sequence - 1;
  }

  private void clear() {
    while (flush()) {
      // what waited belongs to the numbers before the restart
    }
    release();
  }

  private void release() {
    if (current != ABSENT) {
      free[freeCount++] = current;
      current = ABSENT;
      gapBefore = false;
    }
  }

  private byte[] take(int size) {
    byte[] buffer = freeCount > 0 ? free[--freeCount] : ABSENT;
    return buffer.length >= size
        ? buffer
        : new byte[size <= USUAL_PACKET ? USUAL_PACKET : MAX_PACKET];
  }

  private int slot(long sequence) {
    return (int) sequence & (capacity - 1);
  }
}
