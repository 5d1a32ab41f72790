package io.github.kvslocal.rtp;

/**
 * A stream's place on its sender's wall clock, and how fast its clock runs by that, as its sender
 * reports tell (RFC 3550 section 6.4.1). Between reports, and while they are lost, it goes on at
 * the pace that they have shown.
 *
 * <p>Elapsed is what a stream's ticks count at their nominal rate, in nanoseconds; the wall clock
 * is ahead of it by an offset that a true clock keeps and a drifting one changes steadily.
 */
final class ReportedClock {
  /** Reports that the pace is taken from, at one a second or slower. */
  private static final int REPORTS = 32;

  /** Through two points there is always a line. */
  private static final int FEWEST = 4;

  /** What a report is off by at random must be small against the time that it is spread over. */
  private static final long SHORTEST_BASE = 5_000_000_000L;

  /**
   * A line that a report is further away from than this is no pace: a device that stalls moves its
   * stream in steps.
   */
  private static final double STRAIGHT = 20_000_000;

  /** A report this far from where the last ones lead tells of a jump, not of the pace. */
  private static final long JUMP = 200_000_000L;

  /** What is reported of an earlier time than this was no more than overtaken. */
  private static final long OVERTAKEN = 10_000_000_000L;

  /** No clock that keeps time at all is worse; a crystal is a hundred times better. */
  private static final double MOST_DRIFT = 0.02;

  private final long[] elapsed = new long[REPORTS];
  private final long[] offsets = new long[REPORTS];
  private int count;
  private boolean known;
  private long lastElapsed;
  private long lastOffset;
  private double drift;

  /**
   * A report: at so much elapsed it was this late on the sender's wall clock. One that a later one
   * has overtaken is ignored.
   */
  void report(long atElapsed, long wall) {
    long before = lastElapsed - atElapsed;
    if (known && before >= 0 && before < OVERTAKEN && wall <= lastElapsed + lastOffset) {
      return;
    }
    long offset = wall - atElapsed;
    if (known && Math.abs(offset - offset(atElapsed)) > JUMP) {
      count = 0;
    }
    known = true;
    lastElapsed = atElapsed;
    lastOffset = offset;
    elapsed[count % REPORTS] = atElapsed;
    offsets[count % REPORTS] = offset;
    count++;
    learn();
  }

  /** The slope of the line through the last reports that is nearest to all of them. */
  private void learn() {
    int size = Math.min(count, REPORTS);
    long base = lastElapsed;
    double meanElapsed = 0;
    double meanOffset = 0;
    for (int i = 0; i < size; i++) {
      base = Math.min(base, elapsed[i]);
      meanElapsed += (double) (elapsed[i] - lastElapsed) / size;
      meanOffset += (double) (offsets[i] - lastOffset) / size;
    }
    if (size < FEWEST || lastElapsed - base < SHORTEST_BASE) {
      return;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < size; i++) {
      double x = elapsed[i] - lastElapsed - meanElapsed;
      covariance += x * (offsets[i] - lastOffset - meanOffset);
      variance += x * x;
    }
    double slope = covariance / variance;
    double worst = 0;
    for (int i = 0; i < size; i++) {
      double x = elapsed[i] - lastElapsed - meanElapsed;
      worst = Math.max(worst, Math.abs(offsets[i] - lastOffset - meanOffset - slope * x));
    }
    boolean straight = worst <= STRAIGHT && Math.abs(slope) <= MOST_DRIFT;
    drift = straight ? slope : 0;
  }

  /** Whether there has been a report. */
  boolean isKnown() {
    return known;
  }

  /** Forgets the reports, but not the pace. */
  void forget() {
    known = false;
    count = 0;
  }

  /** What is to be added to so much elapsed to have the sender's wall clock, in nanoseconds. */
  long offset(long atElapsed) {
    return lastOffset + drift(atElapsed - lastElapsed);
  }

  /** By how much the offset grows over so much elapsed. */
  long drift(long nanos) {
    return Math.round(nanos * drift);
  }
}
