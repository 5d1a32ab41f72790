package io.github.kvslocal.routing.voice;

/**
 * Keeps a talker's delay near its target although the talker's clock is not ours: now and then a
 * frame is left out or filled in, at once where it is quiet, elsewhere when it must be.
 */
final class PlayoutPace {
  /** What becomes of the next frame. */
  enum Step {
    PLAY,
    /** Leave it out and play the one after it. */
    SKIP,
    /** Keep it for the next tick and fill in now. */
    STRETCH
  }

  /**
   * How far the delay may be off: so much that a step never leads from one side to the other, and
   * that a talker who began with the first target and a rest of a tick need not be moved when the
   * smallest one turns out to be enough.
   */
  private static final long TOO_LATE = 40_000_000L;

  private static final long TOO_EARLY = 10_000_000L;

  /** How long it is endured in the midst of sound: too much delay hurts less than too little. */
  private static final long LATE_PATIENCE = 1_000_000_000L;

  private static final long EARLY_PATIENCE = 200_000_000L;

  private boolean off;
  private boolean late;
  private long offSince;

  /**
   * Decides on the frame that is due.
   *
   * @param delay how much later than at best it is played, in nanoseconds
   * @param target how much that should be
   * @param quiet whether nobody would hear a step
   * @param at the tick
   */
  Step step(long delay, long target, boolean quiet, long at) {
    boolean tooLate = delay > target + TOO_LATE;
    if (!tooLate && delay >= target - TOO_EARLY) {
      off = false;
      return Step.PLAY;
    }
    if (!off || late != tooLate) {
      off = true;
      late = tooLate;
      offSince = at;
    }
    if (!quiet && at - offSince < (tooLate ? LATE_PATIENCE : EARLY_PATIENCE)) {
      return Step.PLAY;
    }
    off = false;
    return tooLate ? Step.SKIP : Step.STRETCH;
  }

  /** Whether a frame of this length can be left out without making the delay too short. */
  static boolean affords(long delay, long target, long nanos) {
    return delay - nanos >= target - TOO_EARLY;
  }
}
