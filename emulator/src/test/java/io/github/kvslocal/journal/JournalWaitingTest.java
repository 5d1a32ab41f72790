package io.github.kvslocal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JournalWaitingTest {
  private static final ChannelArn DOOR =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final Journal journal = new Journal();

  @Test
  void whatIsThereAlreadyIsFoundAtOnce() {
    write(Event.JOINED, "first");
    write(Event.JOINED, "second");

    assertThat(journal.first(JournalQuery.of(Event.JOINED)).getNow(null).detail())
        .isEqualTo("first");
    assertThat(journal.waiting()).isZero();
  }

  @Test
  void onlyTheEntryThatIsMeantWakes() {
    CompletableFuture<JournalEntry> found = journal.first(JournalQuery.of(Event.CONNECTED));
    write(Event.JOINED, "");
    assertThat(found).isNotDone();

    write(Event.CONNECTED, "");

    assertThat(found.getNow(null).number()).isEqualTo(2);
    assertThat(journal.waiting()).isZero();
  }

  @Test
  void whoeverGivesUpIsForgotten() {
    CompletableFuture<JournalEntry> found = journal.first(JournalQuery.of(Event.CONNECTED));

    found.cancel(false);

    assertThat(journal.waiting()).isZero();
    assertThatCode(() -> write(Event.CONNECTED, "")).doesNotThrowAnyException();
  }

  /**
   * The entry is written before, while or after somebody begins to wait; none may be overlooked.
   */
  @Test
  void waitingAndWritingAtTheSameTimeMissEachOtherNever() throws Exception {
    int rounds = 5_000;
    CyclicBarrier start = new CyclicBarrier(2);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < rounds; i++) {
                meet(start);
                write(Event.JOINED, "" + i);
              }
            });

    for (long i = 0; i < rounds; i++) {
      meet(start);
      JournalEntry found =
          journal.first(JournalQuery.of(Event.JOINED).after(i)).get(10, TimeUnit.SECONDS);
      assertThat(found.number()).isEqualTo(i + 1);
    }

    writer.get(10, TimeUnit.SECONDS);
    assertThat(journal.waiting()).isZero();
  }

  private static void meet(CyclicBarrier start) {
    try {
      start.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatDidNotComeIsExplainedByWhatDid() {
    write(Event.SIGNALING_OPENED, "the signaling socket is open");
    write(Event.JOINED, "the join is accepted");
    write(Event.OFFER_SENT, "the offer is on its way to the master");
    write(Event.ANSWER_REFUSED, "the answer has no H.264");
    journal.write(
        Instant.EPOCH,
        Origin.NONE,
        Event.REQUEST,
        "ListSignalingChannels is answered 200",
        Map.of());
    JournalQuery query = JournalQuery.of(Event.CONNECTED).channel("door").client("master");

    assertThat(journal.notWithin(query, Duration.ofSeconds(5)))
        .hasMessage(
            """
            no connected for door/master within 5 s. \
            Of the way to a recording there is signaling-opened, joined, offer-sent; \
            there is no answered.
            What happened there last:
              #1 signaling-opened door/master: the signaling socket is open
              #2 joined door/master: the join is accepted
              #3 offer-sent door/master: the offer is on its way to the master
              #4 answer-refused door/master: the answer has no H.264
            Nearest entries, and what each fails:
              #4 answer-refused door/master: the answer has no H.264  <- event is answer-refused
              #3 offer-sent door/master: the offer is on its way to the master  <- event is offer-sent
              #2 joined door/master: the join is accepted  <- event is joined
              #1 signaling-opened door/master: the signaling socket is open  <- event is signaling-opened
              #5 request: ListSignalingChannels is answered 200  <- event is request, no channel, no client""");
  }

  @Test
  void aNameThatIsWrittenWrongIsAnsweredWithThoseThatThereAre() {
    write(Event.CONNECTED, "");

    assertThat(journal.notWithin(JournalQuery.ANY.channel("dor"), Duration.ofMillis(1_500)))
        .hasMessageStartingWith(
            "no entry for dor within 1500 ms. The journal has no entry of dor; it has some of"
                + " door/master.");
  }

  @Test
  void anEmptyJournalSaysSo() {
    assertThat(journal.nearMisses(JournalQuery.ANY))
        .isEqualTo("The journal is empty: no request and no socket has come.");
  }

  @Test
  void countsAreVerified() {
    JournalQuery joined = JournalQuery.of(Event.JOINED);
    write(Event.JOINED, "once");
    write(Event.JOINED, "twice");

    journal.verify(joined, Times.exactly(2));
    journal.verify(joined, Times.atLeast(1));
    journal.verify(joined, Times.atMost(2));
    journal.verify(JournalQuery.of(Event.CONNECTED), Times.never());

    assertThatThrownBy(() -> journal.verify(joined, Times.exactly(1)))
        .isInstanceOf(UnmetExpectationError.class)
        .hasMessage(
            """
            expected exactly 1 of joined, but there are 2. They are:
              #1 joined door/master: once
              #2 joined door/master: twice""");
    assertThatThrownBy(() -> journal.verify(joined, Times.atLeast(3)))
        .hasMessageStartingWith("expected at least 3 of joined, but there are 2.");
  }

  private void write(Event event, String detail) {
    journal.write(
        Instant.EPOCH,
        Origin.of(DOOR, "session-1").of(Participant.MASTER),
        event,
        detail,
        Map.of());
  }
}
