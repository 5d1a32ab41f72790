package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelNotesTest {
  private final ManualLoop loop = new ManualLoop(TestWorld.START);
  private final Journal journal = new Journal();
  private final ChannelNotes notes = new ChannelNotes(TestWorld.channel("door"), journal, loop);

  @Test
  void whatAClientRepeatsIsWrittenOnceInASecond() {
    for (int i = 0; i < 38; i++) {
      notes.write("ann", "message-declined", "no");
    }
    loop.advance(Duration.ofSeconds(1));

    notes.write("ann", "message-declined", "no again");
    loop.advance(Duration.ofSeconds(1));
    notes.write("ann", "message-declined", "no more");

    assertThat(details()).containsExactly("no", "no again; and 37 more like it before", "no more");
  }

  @Test
  void threeDifferentOnesAreWrittenInASecond() {
    for (int i = 0; i < 5; i++) {
      notes.write("ann", "message-declined", "no " + i);
    }
    loop.advance(Duration.ofSeconds(1));

    notes.write("ann", "message-declined", "no");

    assertThat(details()).containsExactly("no 0", "no 1", "no 2", "no; and 2 more like it before");
  }

  @Test
  void warningsAreCountedToo() {
    notes.warn("ann", "offer-not-delivered", "lost");
    notes.warn("ann", "offer-not-delivered", "lost");

    assertThat(details()).containsExactly("lost");
  }

  @Test
  void othersAndOtherEventsAreWritten() {
    notes.write("ann", "message-declined", "ann's");
    notes.write("ann", "message-ignored", "ann's other");
    notes.write("bob", "message-declined", "bob's");
    notes.write("bob", "joined", "first");

    notes.write("bob", "joined", "second");

    assertThat(details()).containsExactly("ann's", "ann's other", "bob's", "first", "second");
  }

  @Test
  void whatWasCountedIsToldWhenItsClientLeaves() {
    notes.write("ann", "message-declined", "no");
    notes.write("ann", "message-declined", "no");
    notes.write("bob", "message-declined", "no");
    notes.write("bob", "message-declined", "no");

    notes.write("ann", "signaling-closed", "bye");

    assertThat(details()).containsExactly("no", "no", "1 more like the last one", "bye");
  }

  @Test
  void whoeverNamesHimselfAnewEachTimeIsForgotten() {
    for (int i = 0; i < 300; i++) {
      notes.write("v" + i, "message-declined", "no");
    }

    notes.write("v0", "message-declined", "forgotten");
    notes.write("v299", "message-declined", "no");

    assertThat(details()).hasSize(301).endsWith("forgotten");
  }

  private List<String> details() {
    return journal.entries().stream().map(JournalEntry::detail).toList();
  }
}
