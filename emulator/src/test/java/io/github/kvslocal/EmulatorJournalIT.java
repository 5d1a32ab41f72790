package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.journal.Times;
import io.github.kvslocal.journal.UnmetExpectationError;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal of a running emulator, as a test of a user's reads it. */
class EmulatorJournalIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);

  @TempDir private static Path directory;
  private static MasterBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new MasterBench(directory, List.of("door", "gate", "attic"));
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void aRecordingIsAwaitedStepByStep() throws Exception {
    EmulatorJournal journal = bench.emulator.journal();

    try (RemoteMaster master = bench.join("door", BOTH_TRACKS, Clip.frames())) {
      JournalEntry offer = journal.awaitOffer("door", "master", PATIENCE);
      JournalEntry connected = journal.awaitConnected("door", "master", PATIENCE);
      master.allSent().get(20, TimeUnit.SECONDS);
      assertThat(connected.number()).isGreaterThan(offer.number());
      assertThat(connected.session()).isEqualTo(offer.session()).startsWith("session-");
    }

    journal.await(JournalQuery.of(Event.RECORDING_ENDED).channel("door"), PATIENCE);
    JournalEntry closed =
        journal.await(JournalQuery.of(Event.SIGNALING_CLOSED).channel("door"), PATIENCE);
    assertThat(closed.fact("closeCode")).isEqualTo("1000");
    assertThat(journal.entries(JournalQuery.ANY.channel("door")))
        .extracting(JournalEntry::event)
        .containsSubsequence(
            Event.SIGNALING_OPENED,
            Event.JOINED,
            Event.OFFER_SENT,
            Event.ANSWERED,
            Event.ICE_CHECKING,
            Event.ICE_CONNECTED,
            Event.DTLS_FINISHED,
            Event.CONNECTED,
            Event.FIRST_PACKET,
            Event.FIRST_KEY_FRAME,
            Event.RECORDING_STARTED,
            Event.FRAGMENT_STORED,
            Event.TRACK_ENDED,
            Event.PEER_ENDED,
            Event.RECORDING_ENDED);
  }

  @Test
  void everyRequestIsThereWhenItIsAnswered() throws Exception {
    EmulatorJournal journal = bench.emulator.journal();
    JournalQuery since = JournalQuery.of(Event.REQUEST).after(journal.newest());

    bench.client.post("http", "/describeSignalingChannel", "{'ChannelName':'gate'}");
    bench.client.post("http", "/describeSignalingChannel", "{'ChannelName':'nowhere'}");

    assertThat(journal.entries(since.channel("gate")))
        .singleElement()
        .extracting(JournalEntry::facts)
        .isEqualTo(
            Map.of(
                "operation", "DescribeSignalingChannel",
                "account", "000000000000",
                "region", "us-east-1",
                "status", "200"));
    assertThat(journal.entries(since.channel("nowhere")))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.fact("error")).isEqualTo("ResourceNotFoundException");
              assertThat(entry.detail())
                  .startsWith(
                      "DescribeSignalingChannel is answered 404 ResourceNotFoundException: ");
            });
    journal.verify(since.fact("operation", "DescribeSignalingChannel"), Times.exactly(2));
  }

  @Test
  void aSocketThatIsRefusedIsThere() throws Exception {
    String arn = bench.client.channelArn("gate").replace("/gate/", "/fence/");

    assertThatThrownBy(
            () ->
                bench
                    .client
                    .http()
                    .newWebSocketBuilder()
                    .buildAsync(
                        bench.client.uri(
                            "wss", "/viewer?X-Amz-ClientId=ann&X-Amz-ChannelARN=" + arn),
                        new WebSocket.Listener() {})
                    .get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);

    assertThat(bench.emulator.journal().entries(JournalQuery.ANY.channel(arn)))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.client()).isEqualTo("ann");
              assertThat(entry.facts())
                  .containsEntry("operation", "ConnectAsViewer")
                  .containsEntry("error", "ResourceNotFoundException");
            });
  }

  @Test
  void whatDoesNotComeFailsWithWhatCame() {
    EmulatorJournal journal = bench.emulator.journal();

    assertThatThrownBy(() -> journal.awaitConnected("attic", "master", Duration.ofMillis(50)))
        .isInstanceOf(UnmetExpectationError.class)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("no connected for attic/master within 50 ms. ");
  }

  @Test
  void anEventLoopMayNotWait() throws Exception {
    Vertx vertx = Vertx.vertx();
    var failure = new CompletableFuture<Throwable>();
    try {
      vertx.runOnContext(
          here -> {
            try {
              bench.emulator.journal().await(JournalQuery.ANY, Duration.ZERO);
            } catch (IllegalStateException e) {
              failure.complete(e);
            }
          });

      assertThat(failure.get(20, TimeUnit.SECONDS)).hasMessageContaining("use another thread");
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aThreadThatIsInterruptedStopsWaiting() {
    Thread.currentThread().interrupt();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                bench
                    .emulator
                    .journal()
                    .await(JournalQuery.ANY.channel("nobody's"), Duration.ofSeconds(20)))
        .withMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
