package io.github.kvslocal;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.journal.Times;
import io.github.kvslocal.journal.UnmetExpectationError;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What happened in an emulator, in order, to be looked at, awaited and verified. Of requests,
 * messages and fragments the newest 10,000 are kept, and of all other entries another 10,000. Any
 * thread may call it.
 */
public final class EmulatorJournal {
  private final Journal journal;

  EmulatorJournal(Journal journal) {
    this.journal = journal;
  }

  /** All that is kept, oldest first. */
  public List<JournalEntry> entries() {
    return journal.entries();
  }

  /** The entries that a query means, oldest first. */
  public List<JournalEntry> entries(JournalQuery query) {
    return journal.entries(query);
  }

  /**
   * The number of the newest entry, 0 if there is none: what a query has {@code after} to mean only
   * what comes from now on.
   */
  public long newest() {
    return journal.newest();
  }

  /**
   * Waits for an entry that a query means; one that is there already is one, so narrow the query by
   * {@code after} for what is to come. Woken by the entry itself, in the machine's time.
   *
   * @return the oldest such entry
   * @throws UnmetExpectationError if none comes in time; it says what came instead
   * @throws IllegalStateException if this is called on an event loop, which it would block, or if
   *     the thread is interrupted
   */
  public JournalEntry await(JournalQuery query, Duration timeout) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("an event loop cannot wait for itself; use another thread");
    }
    CompletableFuture<JournalEntry> found = journal.first(query);
    try {
      return found.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      found.cancel(false);
      throw journal.notWithin(query, timeout);
    } catch (InterruptedException e) {
      found.cancel(false);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + query, e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody fails it", e);
    }
  }

  /**
   * Waits until media can flow to and from a participant.
   *
   * @param channel a name or an ARN
   * @param client {@code master} or a viewer's client id
   * @see #await
   */
  public JournalEntry awaitConnected(String channel, String client, Duration timeout) {
    return await(JournalQuery.of(Event.CONNECTED).channel(channel).client(client), timeout);
  }

  /**
   * Waits until the storage session's offer is on its way to a participant.
   *
   * @param channel a name or an ARN
   * @param client {@code master} or a viewer's client id
   * @see #await
   */
  public JournalEntry awaitOffer(String channel, String client, Duration timeout) {
    return await(JournalQuery.of(Event.OFFER_SENT).channel(channel).client(client), timeout);
  }

  /**
   * Counts the entries that a query means.
   *
   * @throws UnmetExpectationError if they are more or less; it says what is there instead
   */
  public void verify(JournalQuery query, Times times) {
    journal.verify(query, times);
  }
}
