package io.github.kvslocal.rtp;

/**
 * How soon and how often a missing packet is asked for, and how long it is waited for, as the path
 * shows it: by how much packets overtake each other, and how long an answer takes. One path, so
 * what one stream has shown holds for its successor.
 */
final class RepairPace {
  /** Before it is asked for, a packet has this long to come by itself, however orderly the path. */
  static final long SHORTEST_TOLERANCE = 10_000_000L;

  /** However disorderly. */
  static final long LONGEST_TOLERANCE = 60_000_000L;

  /** The wait between the first two requests, however near the sender. */
  static final long SHORTEST_REPEAT = 20_000_000L;

  /** However far. */
  static final long LONGEST_REPEAT = 400_000_000L;

  /** As long as nothing has been answered. */
  private static final long FIRST_REPEAT = 40_000_000L;

  /** What the sender needs to answer, beyond the way. */
  private static final long ANSWER = 5_000_000L;

  /** In quarters of the first wait, all waits between eight requests: 4 + 5 + … + 10. */
  private static final int QUARTERS_OF_EIGHT = 49;

  private static final int ANSWERS = 16;
  private static final long DISORDER_WINDOW = 10_000_000_000L;

  private final long shortestHold;
  private final long longestHold;
  private final boolean asks;

  /** How long after the first request the last packets came. */
  private final long[] answers = new long[ANSWERS];

  private int answerCount;
  private long roundTrip;

  /** The longest delay of a packet overtaken, in this window and in the one before. */
  private long disorder;

  private long disorderBefore;
  private long windowEnd;
  private boolean disorderly;

  /**
   * @param asks whether missing packets are asked for at all
   */
  RepairPace(boolean asks, ReceiveTiming timing) {
    this.asks = asks;
    this.shortestHold = (asks ? timing.lossHold() : timing.reorderHold()).toNanos();
    this.longestHold = (asks ? timing.longestLossHold() : timing.longestReorderHold()).toNanos();
  }

  /** A packet came by itself, so long after one that was sent behind it. */
  void overtaken(long nanos, long now) {
    if (!disorderly) {
      disorderly = true;
      windowEnd = now + DISORDER_WINDOW;
    }
    turnWindow(now);
    disorder = Math.max(disorder, nanos);
  }

  private void turnWindow(long now) {
    if (disorderly && now - windowEnd >= 0) {
      boolean next = now - windowEnd < DISORDER_WINDOW;
      disorderBefore = next ? disorder : 0;
      disorder = 0;
      windowEnd = (next ? windowEnd : now) + DISORDER_WINDOW;
    }
  }

  /**
   * A packet came so long after it was first asked for. The shortest of the last counts: no answer
   * is faster than the path, and one that needed a second request took longer.
   */
  void answered(long nanos) {
    answers[answerCount % ANSWERS] = nanos;
    answerCount++;
    roundTrip = Long.MAX_VALUE;
    for (int i = 0; i < Math.min(answerCount, ANSWERS); i++) {
      roundTrip = Math.min(roundTrip, answers[i]);
    }
  }

  /** How long a packet is expected to come by itself, in nanoseconds. */
  long tolerance(long now) {
    turnWindow(now);
    long longest = Math.max(disorder, disorderBefore);
    return clamp(longest + longest / 4, SHORTEST_TOLERANCE, LONGEST_TOLERANCE);
  }

  /** How long an answer is waited for after so many requests, at least 1; ever longer. */
  long repeat(int requests) {
    return base() + (requests - 1) * (base() / 4);
  }

  private long base() {
    return answerCount == 0
        ? FIRST_REPEAT
        : clamp(roundTrip + roundTrip / 4 + ANSWER, SHORTEST_REPEAT, LONGEST_REPEAT);
  }

  /**
   * How long a missing packet holds up those behind it: where it is asked for, so long that it is
   * asked for seven times and every one of them can be answered; where it is not, as long again as
   * packets have been late.
   */
  long hold(long now) {
    long wanted =
        asks
            ? tolerance(now) + base() / 4 * QUARTERS_OF_EIGHT
            : 2 * Math.max(disorder, disorderBefore);
    return clamp(wanted, shortestHold, longestHold);
  }

  private static long clamp(long value, long least, long most) {
    return Math.max(least, Math.min(most, value));
  }
}
