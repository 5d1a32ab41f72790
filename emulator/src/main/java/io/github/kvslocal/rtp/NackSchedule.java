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

  /** The packets of these unwrapped numbers, both included, are missing. */
  void missing(long from, long to, long now) {
    if (to - from >= CAPACITY - size) {
      size = 0;
      return;
    }
    for (long sequence = from; sequence <= to; sequence++) {
      sequences[size] = sequence;
      dueAt[size] = now + TOLERANCE;
      tries[size] = 0;
      size++;
    }
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
    int count = 0;
    while (count < size && sequences[count] < sequence) {
      count++;
    }
    if (count > 0) {
      remove(0, count);
    }
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
    int rest = size - from - count;
    System.arraycopy(sequences, from + count, sequences, from, rest);
    System.arraycopy(dueAt, from + count, dueAt, from, rest);
    System.arraycopy(tries, from + count, tries, from, rest);
    size -= count;
  }
}
