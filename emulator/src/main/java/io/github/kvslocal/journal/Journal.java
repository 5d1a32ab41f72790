package io.github.kvslocal.journal;

import io.github.kvslocal.channel.ChannelArn;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What happened, in order, the newest {@value #CAPACITY} entries of it; each is logged as well. Any
 * thread may call it.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int CAPACITY = 10_000;

  private final Deque<JournalEntry> entries = new ArrayDeque<>();
  private long written;

  /** Writes an entry; the oldest one makes room if need be. */
  public void write(Instant at, ChannelArn channel, String session, String event, String detail) {
    write(Level.INFO, at, channel, session, event, detail);
  }

  /** The same, and the log warns: somebody probably wonders why nothing happens. */
  public void warn(Instant at, ChannelArn channel, String session, String event, String detail) {
    write(Level.WARN, at, channel, session, event, detail);
  }

  /**
   * The same, and the log calls it an error: something is lost, and somebody has to do something.
   */
  public void error(Instant at, ChannelArn channel, String session, String event, String detail) {
    write(Level.ERROR, at, channel, session, event, detail);
  }

  private void write(
      Level level, Instant at, ChannelArn channel, String session, String event, String detail) {
    synchronized (this) {
      if (entries.size() == CAPACITY) {
        entries.removeFirst();
      }
      entries.addLast(new JournalEntry(++written, at, channel, session, event, detail));
    }
    // Without the lock: a log may block, and the loops of all sessions write here.
    LOG.atLevel(level)
        .addKeyValue("channel", channel.name())
        .addKeyValue("session", session)
        .addKeyValue("event", event)
        .log(detail);
  }

  /** All entries that are still kept, oldest first. */
  public synchronized List<JournalEntry> entries() {
    return List.copyOf(entries);
  }
}
