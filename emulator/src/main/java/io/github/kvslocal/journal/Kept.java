package io.github.kvslocal.journal;

import java.util.ArrayDeque;
import java.util.Deque;

/** The newest entries of one sort, bounded in number and in text. Guarded by the journal. */
final class Kept {
  /** Of each sort. */
  static final int CAPACITY = 10_000;

  /** Characters: some thousand session descriptions of full length. */
  static final int MOST_TEXT = 16 * 1_048_576;

  private final Deque<JournalEntry> entries = new ArrayDeque<>();
  private long text;
  private long lastDropped;

  void add(JournalEntry entry) {
    entries.addLast(entry);
    text += entry.weight();
    while (entries.size() > CAPACITY || text > MOST_TEXT) {
      JournalEntry oldest = entries.removeFirst();
      text -= oldest.weight();
      lastDropped = oldest.number();
    }
  }

  Deque<JournalEntry> entries() {
    return entries;
  }

  /** The number of the newest that had to make room; 0 if none had. */
  long lastDropped() {
    return lastDropped;
  }
}
