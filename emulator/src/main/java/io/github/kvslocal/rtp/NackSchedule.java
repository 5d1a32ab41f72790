package io.github.kvslocal.rtp;

/**
 * When to ask for which missing packet: first after a short tolerance for reordering, then again
 * and again, ever slower, a bounded number of times (RFC 4585 section 6.2.1).
 */
final class NackSchedule {
  /** Packets missing at once beyond which a burst is not asked for: a key frame costs less. */
  static final int CAPACITY = 512;

  private static final long TOLERANCE = 10_000_000L;
  private static final long REPEAT = 40_000_000L;
  private static final long SLOWER = 10_000_000L;
  private static final int MAX_TRIES = 10;

  private final long[] sequences = new long[CAPACITY];
  private final long[] dueAt = new long[CAPACITY];
  private final int[] tries = new int[CAPACITY];
  private int size;
  private long sent;

  /**
   * The packets of these unwrapped numbers, both included, are missing; none if there are none
   * between the two.
   */
  void missing(long from, long to, long now) {
    if (to < from) {
      return;
    }
    if (to - from >= CAPACITY - size) {
      size = 0;
      return;
    }
    int at = countBefore(from);
    int count = (int) (to - from + 1);
    move(at, at + count);
    for (int i = 0; i < count; i++) {
      sequences[at + i] = from + i;
      dueAt[at + i] = now + TOLERANCE;
      tries[at + i] = 0;
    }
    size += count;
  }

  /** Nothing is missing. */
  void clear() {
    size = 0;
  }

  /** The packet is missing no longer. */
  void arrived(long sequence) {
    for (int i = 0; i < size; i++) {
      if (sequences[i] == sequence) {
        remove(i, 1);
        return;
      }
    }
  }

  /** Nobody waits any longer for the packets before this one. */
  void forgetBefore(long sequence) {
    int count = countBefore(sequence);
    if (count > 0) {
      remove(0, count);
    }
  }

  private int countBefore(long sequence) {
    int count = 0;
    while (count < size && sequences[count] < sequence) {
      count++;
    }
    return count;
  }

  /** Fills an array with the numbers to ask for now, in ascending order; returns how many. */
  int take(long now, int[] numbers) {
    int count = 0;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (dueAt[i] <= now && count < numbers.length) {
        numbers[count++] = (int) (sequences[i] & 0xFFFF);
        tries[i]++;
        dueAt[i] = now + REPEAT + SLOWER * (tries[i] - 1);
      }
      if (tries[i] < MAX_TRIES) {
        sequences[kept] = sequences[i];
        dueAt[kept] = dueAt[i];
        tries[kept] = tries[i];
        kept++;
      }
    }
    size = kept;
    sent += count;
    return count;
  }

  /** When the next packet is to be asked for; {@link Long#MAX_VALUE} if none is missing. */
  long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      next = Math.min(next, dueAt[i]);
    }
    return next;
  }

  /** Packets asked for so far, each time counted. */
  long sent() {
    return sent;
  }

  private void remove(int from, int count) {
    move(from + count, from);
    size -= count;
  }

  /** Moves everything from one place on to another. */
  private void move(int from, int to) {
    int rest = size - from;
    System.arraycopy(sequences, from, sequences, to, rest);
    System.arraycopy(dueAt, from, dueAt, to, rest);
    System.arraycopy(tries, from, tries, to, rest);
  }
}
