package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.session.PeerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChannelNotesTest {
  private static final Participant ANN = viewer("ann");
  private static final Participant BOB = viewer("bob");

  private final ManualLoop loop = new ManualLoop(TestWorld.START);
  private final Journal journal = new Journal();
  private int asked;
  private final ChannelNotes notes = new ChannelNotes(TestWorld.channel("door"), journal, loop);

  @Test
  void whatAClientRepeatsIsWrittenOnceInASecond() {
    for (int i = 0; i < 38; i++) {
      notes.write(ANN, Event.MESSAGE_DECLINED, "no");
    }
    loop.advance(Duration.ofSeconds(1));

    notes.write(ANN, Event.MESSAGE_DECLINED, "no again");
    loop.advance(Duration.ofSeconds(1));
    notes.write(ANN, Event.MESSAGE_DECLINED, "no more");

    assertThat(details()).containsExactly("no", "no again; and 37 more like it before", "no more");
  }

  @Test
  void threeDifferentOnesAreWrittenInASecond() {
    for (int i = 0; i < 5; i++) {
      notes.write(ANN, Event.MESSAGE_DECLINED, "no " + i);
    }
    loop.advance(Duration.ofSeconds(1));

    notes.write(ANN, Event.MESSAGE_DECLINED, "no");

    assertThat(details()).containsExactly("no 0", "no 1", "no 2", "no; and 2 more like it before");
  }

  @Test
  void warningsAreCountedToo() {
    notes.warn(ANN, Event.OFFER_NOT_DELIVERED, "lost");
    notes.warn(ANN, Event.OFFER_NOT_DELIVERED, "lost");

    assertThat(details()).containsExactly("lost");
  }

  @Test
  void ofMessagesFortyAreWrittenInASecondAlsoIfTheyAreTheSame() {
    for (int i = 0; i < 45; i++) {
      notes.write(ANN, Event.MESSAGE_RECEIVED, "ICE_CANDIDATE", this::facts);
    }
    loop.advance(Duration.ofSeconds(1));

    notes.write(ANN, Event.MESSAGE_RECEIVED, "ICE_CANDIDATE", this::facts);

    assertThat(details()).hasSize(41).endsWith("ICE_CANDIDATE; and 5 more like it before");
    assertThat(asked).isEqualTo(41);
  }

  @Test
  void entriesNameTheSessionAndThoseOfAPeerTheSessionOfItsBeginning() {
    PeerNotes peer = notes.of(new PeerId(7), ANN);
    notes.write(ANN, Event.JOINED, "first");
    notes.nextSession();

    notes.write(ANN, Event.JOINED, "second");
    peer.write(Event.PEER_ENDED, "of the first");

    assertThat(journal.entries())
        .extracting(entry -> entry.session() + " " + entry.client() + " " + entry.origin().peer())
        .containsExactly("session-1 ann ", "session-2 ann ", "session-1 ann peer-7");
  }

  @Test
  void othersAndOtherEventsAreWritten() {
    notes.write(ANN, Event.MESSAGE_DECLINED, "ann's");
    notes.write(ANN, Event.MESSAGE_IGNORED, "ann's other");
    notes.write(BOB, Event.MESSAGE_DECLINED, "bob's");
    notes.write(BOB, Event.JOINED, "first");

    notes.write(BOB, Event.JOINED, "second");

    assertThat(details()).containsExactly("ann's", "ann's other", "bob's", "first", "second");
  }

  @Test
  void whatWasCountedIsToldWhenItsClientLeaves() {
    notes.write(ANN, Event.MESSAGE_DECLINED, "no");
    notes.write(ANN, Event.MESSAGE_DECLINED, "no");
    notes.write(BOB, Event.MESSAGE_DECLINED, "no");
    notes.write(BOB, Event.MESSAGE_DECLINED, "no");

    notes.write(ANN, Event.SIGNALING_CLOSED, "bye");

    assertThat(details()).containsExactly("no", "no", "1 more like the last one", "bye");
  }

  @Test
  void whoeverNamesHimselfAnewEachTimeIsForgotten() {
    for (int i = 0; i < 300; i++) {
      notes.write(viewer("v" + i), Event.MESSAGE_DECLINED, "no");
    }

    notes.write(viewer("v0"), Event.MESSAGE_DECLINED, "forgotten");
    notes.write(viewer("v299"), Event.MESSAGE_DECLINED, "no");

    assertThat(details()).hasSize(301).endsWith("forgotten");
  }

  private Map<String, String> facts() {
    asked++;
    return Map.of();
  }

  private static Participant viewer(String id) {
    return new Participant.Viewer(new ClientId(id));
  }

  private List<String> details() {
    return journal.entries().stream().map(JournalEntry::detail).toList();
  }
}
