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
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JournalTest {
  private static final ChannelArn DOOR =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

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
  void aLogThatIsSlowKeepsNoOtherSessionWaiting() {
    write("opened");

    assertThat(logged).containsExactly("opened, journal free");
  }

  private void write(String detail) {
    journal.write(Instant.EPOCH, DOOR, "1", "event", detail);
  }
}
