package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RetainingFragmentStoreTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn DOOR = TestWorld.stream("door");
  private static final StreamArn GATE = TestWorld.stream("gate");

  private final PolicyClock clock = new PolicyClock(() -> START);
  private final QueuedLoop loop = new QueuedLoop(clock, "retention");
  private final InMemoryFragmentStore fragments = new InMemoryFragmentStore();
  private final RetainingFragmentStore store = new RetainingFragmentStore(fragments, clock, loop);

  @Test
  void fragmentIsGoneAtTheInstantAtWhichItIsDue() throws Exception {
    store.keep(DOOR, 1);
    append(DOOR, START);
    FragmentMetadata late = append(DOOR, START.plusSeconds(2));

    advance(Duration.ofHours(1).minusNanos(1));
    assertThat(store.list(DOOR)).hasSize(2);
    advance(Duration.ofNanos(1));

    assertThat(store.list(DOOR)).containsExactly(late);
  }

  @Test
  void advanceByAnHourDeletesAllThatItMakesDueBeforeItIsAnswered() throws Exception {
    store.keep(DOOR, 1);
    for (int i = 0; i < 900; i++) {
      append(DOOR, START.plusSeconds(i));
    }

    CompletableFuture<Instant> advanced = clock.advance(Duration.ofMinutes(70));
    while (!advanced.isDone()) {
      loop.runOne();
    }

    assertThat(store.list(DOOR)).hasSize(299);
  }

  @Test
  void advanceOverVeryManyGoesByTheMinuteAndComesToItsEnd() throws Exception {
    store.keep(DOOR, 1);
    for (int i = 0; i < 20_000; i++) {
      append(DOOR, START.plusSeconds(2L * i));
    }

    advance(Duration.ofHours(1).plusSeconds(40_000).plusMinutes(1));

    assertThat(store.list(DOOR)).isEmpty();
  }

  @Test
  void shorterRetentionDeletesAtOnceWhatIsTooOld() throws Exception {
    store.keep(DOOR, 24);
    append(DOOR, START);
    advance(Duration.ofHours(2));
    FragmentMetadata fresh = append(DOOR, clock.instant());

    store.keep(DOOR, 2);

    assertThat(store.list(DOOR)).containsExactly(fresh);
  }

  @Test
  void longerRetentionKeepsWhatIsStillThere() throws Exception {
    store.keep(DOOR, 1);
    FragmentMetadata kept = append(DOOR, START);

    store.keep(DOOR, 2);
    advance(Duration.ofMinutes(119));

    assertThat(store.list(DOOR)).containsExactly(kept);
    advance(Duration.ofMinutes(1));
    assertThat(store.list(DOOR)).isEmpty();
  }

  @Test
  void retentionOfZeroKeepsNothingNotEvenWhatComesLater() {
    store.keep(DOOR, 24);
    append(DOOR, START);

    store.keep(DOOR, 0);
    append(DOOR, START);

    assertThat(store.list(DOOR)).isEmpty();
  }

  @Test
  void whatWasStoredBeforeTheStartIsDeletedWhenItsStreamIsTold() {
    fragments.append(DOOR, metadata(DOOR, START.minusSeconds(7_200)), new byte[1]).join();
    FragmentMetadata young = metadata(DOOR, START.minusSeconds(60));
    fragments.append(DOOR, young, new byte[1]).join();

    store.keep(DOOR, 1);

    assertThat(store.list(DOOR)).containsExactly(young);
  }

  @Test
  void moreThanAStepDeletesAreDeletedInSeveral() {
    for (int i = 0; i < 3 * RetainingFragmentStore.MOST_AT_ONCE; i++) {
      fragments.append(DOOR, metadata(DOOR, START.minusSeconds(7_200)), new byte[1]).join();
    }

    store.keep(DOOR, 1);

    assertThat(store.list(DOOR)).hasSize(2 * RetainingFragmentStore.MOST_AT_ONCE);
    for (int i = 0; i < 2; i++) {
      loop.ringTimers();
    }
    assertThat(store.list(DOOR)).isEmpty();
  }

  @Test
  void streamsAreKeptForAsLongAsEachWants() throws Exception {
    store.keep(DOOR, 1);
    store.keep(GATE, 2);
    append(DOOR, START);
    append(GATE, START);

    advance(Duration.ofMinutes(90));

    assertThat(store.list(DOOR)).isEmpty();
    assertThat(store.list(GATE)).hasSize(1);
  }

  @Test
  void deletedStreamTakesItsFragmentsWithItAndTakesNoMore() {
    store.keep(DOOR, 1);
    append(DOOR, START);

    var unused = store.deleteStream(DOOR);

    assertThat(store.list(DOOR)).isEmpty();
    assertThat(store.append(DOOR, metadata(DOOR, START), new byte[1])).isCompletedExceptionally();
    assertThat(clock.waitingCount()).isZero();
  }

  @Test
  void olderFragmentsThatComeBackWithADiskAreDeletedWhenTheyAreDue() throws Exception {
    store.keep(DOOR, 1);
    append(DOOR, START);
    fragments.append(DOOR, metadata(DOOR, START.minusSeconds(600)), new byte[1]).join();

    append(DOOR, START.plusSeconds(2));

    assertThat(clock.waiting(1).get(0).at()).isEqualTo(START.plusSeconds(3_000));
    advance(Duration.ofMinutes(50));
    assertThat(store.list(DOOR)).hasSize(2);
  }

  @Test
  void onlyTheOldestFragmentOfAStreamWaits() {
    store.keep(DOOR, 1);
    append(DOOR, START);
    append(DOOR, START.plusSeconds(2));

    List<PolicyClock.Waiting> waiting = clock.waiting(10);

    assertThat(waiting)
        .containsExactly(
            new PolicyClock.Waiting(
                START.plusSeconds(3_600),
                DOOR.toString(),
                "the oldest fragments of the stream are deleted"));
  }

  @Test
  void nothingWaitsWhenItIsClosed() {
    store.keep(DOOR, 1);
    append(DOOR, START);

    store.close();

    assertThat(clock.waitingCount()).isZero();
  }

  private FragmentMetadata append(StreamArn stream, Instant serverTime) {
    FragmentMetadata metadata = metadata(stream, serverTime);
    store.append(stream, metadata, new byte[1]).join();
    return metadata;
  }

  private FragmentMetadata metadata(StreamArn stream, Instant serverTime) {
    FragmentNumber number = fragments.nextNumber(stream, serverTime);
    return new FragmentMetadata(number, serverTime, serverTime, Duration.ofSeconds(2), 1);
  }

  private void advance(Duration by) throws RefusedException {
    CompletableFuture<Instant> advanced = clock.advance(by);
    boolean more = true;
    while (more) {
      more = loop.runOne();
    }
    assertThat(advanced).isCompleted();
  }
}
