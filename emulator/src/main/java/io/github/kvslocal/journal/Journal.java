package io.github.kvslocal.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What happened, in order; each entry is logged as well. Of what clients cause as often as they
 * like ({@link Event#isFrequent}) the newest {@value Kept#CAPACITY} entries are kept, and of all
 * else another {@value Kept#CAPACITY}. Any thread may call it, and nothing here waits.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final LongSupplier nanoTime;
  private final long begin;
  private final Kept frequent = new Kept();
  private final Kept others = new Kept();
  private final List<Wanted> wanted = new ArrayList<>();
  private long written;
  private long sessions;

  /** Somebody who waits. */
  private record Wanted(JournalQuery query, CompletableFuture<JournalEntry> found) {}

  /** An empty journal in the machine's time. */
  public Journal() {
    this(System::nanoTime);
  }

  /** An empty journal. */
  Journal(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /** An id that no other storage session of this journal has, such as {@code session-1}. */
  public synchronized String newSession() {
    return "session-" + ++sessions;
  }

  /** Writes an entry; the oldest of its sort makes room if need be. */
  public void write(
      Instant at, Origin origin, Event event, String detail, Map<String, String> facts) {
    write(event.isFrequent() ? Level.DEBUG : Level.INFO, at, origin, event, detail, facts);
  }

  /** The same, and the log warns: somebody probably wonders why nothing happens. */
  public void warn(
      Instant at, Origin origin, Event event, String detail, Map<String, String> facts) {
    write(Level.WARN, at, origin, event, detail, facts);
  }

  /**
   * The same, and the log calls it an error: something is lost, and somebody has to do something.
   */
  public void error(
      Instant at, Origin origin, Event event, String detail, Map<String, String> facts) {
    write(Level.ERROR, at, origin, event, detail, facts);
  }

  private void write(
      Level level,
      Instant at,
      Origin origin,
      Event event,
      String detail,
      Map<String, String> facts) {
    JournalEntry entry;
    List<Wanted> met = List.of();
    synchronized (this) {
      Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - begin);
      entry = new JournalEntry(++written, at, elapsed, origin, event, detail, facts);
      (event.isFrequent() ? frequent : others).add(entry);
      if (!wanted.isEmpty()) {
        met = takeMet(entry);
      }
    }
    // Without the lock: whoever waits may go on right here, and a log may block, while the loops of
    // all sessions write here.
    met.forEach(each -> each.found().complete(entry));
    log(level, origin, event, detail);
  }

  private static void log(Level level, Origin origin, Event event, String detail) {
    LoggingEventBuilder line = LOG.atLevel(level);
    line = with(line, "channel", origin.channel());
    line = with(line, "client", origin.client());
    line = with(line, "session", origin.session());
    line = with(line, "peer", origin.peer());
    line.addKeyValue("event", event.text()).log(detail);
  }

  private static LoggingEventBuilder with(LoggingEventBuilder line, String field, String value) {
    return value.isEmpty() ? line : line.addKeyValue(field, value);
  }

  private List<Wanted> takeMet(JournalEntry entry) {
    List<Wanted> met = wanted.stream().filter(each -> each.query().matches(entry)).toList();
    wanted.removeAll(met);
    return met;
  }

  /** All entries that are still kept, oldest first. */
  public synchronized List<JournalEntry> entries() {
    List<JournalEntry> all = new ArrayList<>(frequent.entries().size() + others.entries().size());
    Iterator<JournalEntry> often = frequent.entries().iterator();
    JournalEntry next = often.hasNext() ? often.next() : null;
    for (JournalEntry each : others.entries()) {
      while (next != null && next.number() < each.number()) {
        all.add(next);
        next = often.hasNext() ? often.next() : null;
      }
      all.add(each);
    }
    if (next != null) {
      all.add(next);
      often.forEachRemaining(all::add);
    }
    return List.copyOf(all);
  }

  /** The number of the newest entry; 0 if there is none. */
  public synchronized long newest() {
    return written;
  }

  /** The entries that a query means, oldest first. */
  public List<JournalEntry> entries(JournalQuery query) {
    return entries().stream().filter(query::matches).toList();
  }

  /**
   * The oldest entries that a query means.
   *
   * @param limit at most so many, from 1
   */
  public JournalPage page(JournalQuery query, int limit) {
    List<JournalEntry> all;
    long newest;
    long dropped;
    synchronized (this) {
      all = entries();
      newest = written;
      dropped = Math.max(frequent.lastDropped(), others.lastDropped());
    }
    List<JournalEntry> found = all.stream().filter(query::matches).limit(limit).toList();
    long next =
        found.size() == limit ? found.get(limit - 1).number() : Math.max(query.after(), newest);
    return new JournalPage(found, next, query.after() < dropped);
  }

  /**
   * Completes with the first entry that a query means: one that is kept, or the next one that is
   * written, on the thread that writes it. Whoever gives up cancels it, which forgets it.
   */
  public CompletableFuture<JournalEntry> first(JournalQuery query) {
    CompletableFuture<JournalEntry> found = new CompletableFuture<>();
    synchronized (this) {
      for (JournalEntry entry : entries()) {
        if (query.matches(entry)) {
          found.complete(entry);
          return found;
        }
      }
      Wanted waits = new Wanted(query, found);
      wanted.add(waits);
      var unused =
          found.whenComplete(
              (entry, failure) -> {
                if (failure != null) {
                  forget(waits);
                }
              });
    }
    return found;
  }

  private synchronized void forget(Wanted waits) {
    wanted.remove(waits);
  }

  /** How many wait. */
  synchronized int waiting() {
    return wanted.size();
  }

  /** Why a query found nothing, for a person: the entries that came nearest, line by line. */
  public String nearMisses(JournalQuery query) {
    return new NearMisses(query, entries()).text();
  }

  /**
   * What to fail with when nothing came in time.
   *
   * @param waited how long was waited
   */
  public UnmetExpectationError notWithin(JournalQuery query, Duration waited) {
    return new UnmetExpectationError(
        "no %s within %s. %s%s"
            .formatted(query, seconds(waited), dropped(query), nearMisses(query)));
  }

  /**
   * Counts the entries that a query means.
   *
   * @throws UnmetExpectationError if they are more or less than expected
   */
  public void verify(JournalQuery query, Times times) {
    List<JournalEntry> found = entries(query);
    if (times.include(found.size())) {
      return;
    }
    StringBuilder message = new StringBuilder(128);
    message.append(
        "expected %s of %s, but there are %d. %s"
            .formatted(times, query, found.size(), dropped(query)));
    if (found.size() > times.most()) {
      message.append("They are:");
      found.stream().limit(10).forEach(entry -> message.append("\n  ").append(entry));
    } else {
      message.append(nearMisses(query));
    }
    throw new UnmetExpectationError(message.toString());
  }

  private String dropped(JournalQuery query) {
    return page(query, 1).gap() ? "Older entries had to make room and are not counted. " : "";
  }

  private static String seconds(Duration waited) {
    return waited.toMillis() % 1_000 == 0 ? waited.toSeconds() + " s" : waited.toMillis() + " ms";
  }
}
