package io.github.kvslocal.runtime;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Origin;
import java.util.Map;

/** Writes what happens with one peer into the journal, in the storage session of its beginning. */
final class PeerNotes {
  private final ChannelNotes notes;
  private final Origin origin;

  PeerNotes(ChannelNotes notes, Origin origin) {
    this.notes = notes;
    this.origin = origin;
  }

  void write(Event event, String detail) {
    write(event, detail, Map.of());
  }

  void write(Event event, String detail, Map<String, String> facts) {
    notes.write(ChannelNotes.Weight.NOTE, origin, event, detail, () -> facts);
  }

  /** The same for what a user probably looks for. */
  void warn(Event event, String detail) {
    notes.write(ChannelNotes.Weight.WARNING, origin, event, detail, Map::of);
  }

  /** The same for what is lost. */
  void error(Event event, String detail) {
    notes.write(ChannelNotes.Weight.ERROR, origin, event, detail, Map::of);
  }
}
