package io.github.kvslocal.journal;

import java.util.List;

/**
 * Some entries and where to go on.
 *
 * @param entries oldest first
 * @param next what to ask for {@code after} next: nothing that was looked at here is looked at
 *     again
 * @param gap whether entries after the one that was asked for are dropped already, whether they
 *     would have matched or not
 */
public record JournalPage(List<JournalEntry> entries, long next, boolean gap) {
  public JournalPage {
    entries = List.copyOf(entries);
  }
}
