package io.github.kvslocal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.kvslocal.channel.ChannelArn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JournalTest {
  private static final ChannelArn DOOR =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private static final Comparator<JournalEntry> BY_NUMBER =
      Comparator.comparingLong(JournalEntry::number);

  private final Journal journal = new Journal();
  private final Logger logger = (Logger) LoggerFactory.getLogger(Journal.class);
  private final List<String> logged = new ArrayList<>();

  /** Writes down each line, and whether the journal was locked meanwhile. */
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          String lock = Thread.holdsLock(journal) ? "locked" : "free";
          logged.add(event.getFormattedMessage() + ", journal " + lock);
        }
      };

  @BeforeEach
  void listen() {
    appender.setContext(logger.getLoggerContext());
    appender.start();
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    logger.addAppender(appender);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void entriesAreKeptInOrderWithTheirNumbers() {
    write("opened");
    write("closed");

    assertThat(journal.entries())
        .extracting(JournalEntry::number, JournalEntry::detail)
        .containsExactly(tuple(1L, "opened"), tuple(2L, "closed"));
  }

  @Test
  void theOldestEntryMakesRoom() {
    for (int i = 1; i <= 10_001; i++) {
      write("entry");
    }

    assertThat(journal.entries()).hasSize(10_000);
    assertThat(journal.entries().get(0).number()).isEqualTo(2);
  }

  @Test
  void whatComesOftenPushesOutNothingElse() {
    write("joined");
    for (int i = 1; i <= 10_001; i++) {
      often("message");
    }
    write("left");

    List<JournalEntry> entries = journal.entries();

    assertThat(entries).hasSize(10_002).isSortedAccordingTo(BY_NUMBER);
    assertThat(entries).first().extracting(JournalEntry::detail).isEqualTo("joined");
    assertThat(entries).last().extracting(JournalEntry::detail).isEqualTo("left");
  }

  @Test
  void longTextsMakeRoomEarlier() {
    String megabyte = "v".repeat(1_048_576);
    for (int i = 1; i <= 17; i++) {
      journal.write(Instant.EPOCH, Origin.NONE, Event.MESSAGE_SENT, "", Map.of("sdp", megabyte));
    }

    assertThat(journal.entries()).hasSize(15);
    assertThat(journal.page(JournalQuery.ANY, 1).gap()).isTrue();
  }

  @Test
  void pagesFollowEachOtherWithoutOneThatIsTwiceOrMissing() {
    JournalQuery joined = JournalQuery.of(Event.JOINED);
    write("1");
    often("between");
    write("2");
    write("3");
    often("behind");

    JournalPage first = journal.page(joined, 2);
    JournalPage second = journal.page(joined.after(first.next()), 2);
    JournalPage third = journal.page(joined.after(second.next()), 2);

    assertThat(first.entries()).extracting(JournalEntry::detail).containsExactly("1", "2");
    assertThat(second.entries()).extracting(JournalEntry::detail).containsExactly("3");
    assertThat(second.next()).isEqualTo(5);
    assertThat(third).isEqualTo(new JournalPage(List.of(), 5, false));
  }

  @Test
  void aGapIsToldOnlyToWhoeverHasNotSeenWhatWasDropped() {
    for (int i = 1; i <= 10_005; i++) {
      often("message");
    }

    assertThat(journal.page(JournalQuery.ANY.after(4), 1).gap()).isTrue();
    assertThat(journal.page(JournalQuery.ANY.after(5), 1).gap()).isFalse();
  }

  @Test
  void sessionsHaveIdsOfTheirOwn() {
    assertThat(List.of(journal.newSession(), journal.newSession()))
        .containsExactly("session-1", "session-2");
  }

  @Test
  void aLogThatIsSlowKeepsNoOtherSessionWaiting() {
    write("opened");

    assertThat(logged).containsExactly("opened, journal free");
  }

  private void often(String detail) {
    journal.write(Instant.EPOCH, Origin.NONE, Event.MESSAGE_SENT, detail, Map.of());
  }

  private void write(String detail) {
    journal.write(Instant.EPOCH, Origin.of(DOOR, "session-1"), Event.JOINED, detail, Map.of());
  }
}
