package io.github.kvslocal.recording;

/**
 * How much of recordings may wait for a store that is slow, in bytes of media.
 *
 * @param ofOne recording
 * @param ofAll recordings of the store together
 */
record WaitingLimits(long ofOne, long ofAll) {
  /** Two fragments of the documented 50 MB. */
  private static final long MOST_OF_ONE = 100_000_000;

  /** For a heap of this size, in bytes: a quarter of it for all, and half of that for one. */
  static WaitingLimits forHeap(long heap) {
    return new WaitingLimits(Math.min(MOST_OF_ONE, heap / 8), heap / 4);
  }
}
