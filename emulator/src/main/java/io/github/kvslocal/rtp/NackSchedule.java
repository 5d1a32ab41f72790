package io.github.kvslocal.rtp;

/**
 * When to ask for which missing packet: first after a tolerance for reordering, then again and
 * again, ever slower, a bounded number of times (RFC 4585 section 6.2.1). All at the pace of the
 * path, which it learns from the answers.
 */
final class NackSchedule {
  /** Requests for one packet at most. */
  static final int MAX_TRIES = 10;

  /** Packets that nobody waits for any longer, whose answers still tell how long the way is. */
  private static final int FORGOTTEN = 64;

  private final RepairPace pace;
  private final long[] sequences;
  private final long[] dueAt;
  private final long[] askedAt;
  private final int[] tries;
  private final long[] forgotten = new long[FORGOTTEN];
  private final long[] forgottenAskedAt = new long[FORGOTTEN];
  private int forgottenCount;
  private int size;
  private long sent;

  /**
   * @param capacity packets that may be missing at once: as many as may be waited for
   */
  NackSchedule(int capacity, RepairPace pace) {
    this.pace = pace;
    this.sequences = new long[capacity];
    this.dueAt = new long[capacity];
    this.askedAt = new long[capacity];
    this.tries = new int[capacity];
  }

  /**
   * The packets of these unwrapped numbers, both included, are missing; none if there are none
   * between the two. What was missing before makes room if it has to.
   */
  void missing(long from, long to, long now) {
    if (to < from) {
      return;
    }
    int count = (int) Math.min(to - from + 1, sequences.length);
    if (count > sequences.length - size) {
      size = 0;
    }
    long first = to - count + 1;
    int at = countBefore(first);
    remove(at, countBefore(to + 1) - at); // what is asked for already begins anew
    move(at, at + count);
    long due = now + pace.tolerance(now);
    for (int i = 0; i < count; i++) {
      sequences[at + i] = first + i;
      dueAt[at + i] = due;
      tries[at + i] = 0;
    }
    size += count;
  }

  /** Nothing is missing. */
  void clear() {
    size = 0;
    forgottenCount = 0;
  }

  /**
   * The packet has come and is missing no longer. If it was asked for, the time since then is
   * learnt from, though it may be too late for anything else. Returns whether it was.
   */
  boolean answered(long sequence, long now) {
    int at = indexOf(sequence);
    if (at >= 0) {
      boolean asked = tries[at] > 0;
      if (asked) {
        pace.answered(now - askedAt[at]);
      }
      remove(at, 1);
      return asked;
    }
    for (int i = 0; i < Math.min(forgottenCount, FORGOTTEN); i++) {
      if (forgotten[i] == sequence) {
        pace.answered(now - forgottenAskedAt[i]);
        forgotten[i] = Long.MIN_VALUE;
        return true;
      }
    }
    return false;
  }

  /** The packet is missing no longer. */
  void arrived(long sequence) {
    int at = indexOf(sequence);
    if (at >= 0) {
      remove(at, 1);
    }
  }

  private int indexOf(long sequence) {
    for (int i = 0; i < size; i++) {
      if (sequences[i] == sequence) {
        return i;
      }
    }
    return -1;
  }

  /** Nobody waits any longer for the packets before this one. */
  void forgetBefore(long sequence) {
    int count = countBefore(sequence);
    for (int i = 0; i < count; i++) {
      if (tries[i] > 0) {
        forgotten[forgottenCount % FORGOTTEN] = sequences[i];
        forgottenAskedAt[forgottenCount % FORGOTTEN] = askedAt[i];
        forgottenCount++;
      }
    }
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
    for (int i = 0; i < size; i++) {
      if (dueAt[i] <= now && count < numbers.length) {
        numbers[count++] = (int) (sequences[i] & 0xFFFF);
        askedAt[i] = tries[i] == 0 ? now : askedAt[i];
        tries[i]++;
        dueAt[i] = tries[i] < MAX_TRIES ? now + pace.repeat(tries[i]) : Long.MAX_VALUE;
      }
    }
    sent += count;
    return count;
  }

  /** When the next packet is to be asked for; {@link Long#MAX_VALUE} if none is. */
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
    System.arraycopy(askedAt, from, askedAt, to, rest);
    System.arraycopy(tries, from, tries, to, rest);
  }
}
