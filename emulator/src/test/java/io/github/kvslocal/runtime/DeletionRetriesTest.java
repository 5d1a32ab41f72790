package io.github.kvslocal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.recording.ForwardingFragmentStore;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fragments that nobody keeps and that the disk does not give up. */
class DeletionRetriesTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn DOOR = TestWorld.stream("door");
  private static final StreamArn GATE = TestWorld.stream("gate");

  private final PolicyClock clock = new PolicyClock(() -> START);
  private final QueuedLoop loop = new QueuedLoop(clock, "retention");
  private final StubbornStore stubborn = new StubbornStore();
  private final RetainingFragmentStore store = new RetainingFragmentStore(stubborn, clock, loop);

  /** Deletes what is listed, but no file as long as it is told so. */
  private static final class StubbornStore extends ForwardingFragmentStore {
    final List<String> attempts = new ArrayList<>();
    boolean refusing = true;

    StubbornStore() {
      super(new InMemoryFragmentStore());
    }

    @Override
    public CompletableFuture<Void> deleteUntil(StreamArn stream, Instant serverTime, int most) {
      return outcome("fragments of " + stream.name(), super.deleteUntil(stream, serverTime, most));
    }

    @Override
    public CompletableFuture<Void> deleteStream(StreamArn stream) {
      return outcome("stream " + stream.name(), super.deleteStream(stream));
    }

    private CompletableFuture<Void> outcome(String what, CompletableFuture<Void> done) {
      attempts.add(what);
      return refusing ? CompletableFuture.failedFuture(new IOException("read-only")) : done;
    }
  }

  @BeforeEach
  void storeTooOldFragments() {
    for (StreamArn stream : List.of(DOOR, GATE)) {
      FragmentMetadata old =
          new FragmentMetadata(
              stubborn.nextNumber(stream, START),
              START.minusSeconds(7_200),
              START.minusSeconds(7_200),
              Duration.ofSeconds(2),
              1);
      stubborn.append(stream, old, new byte[1]).join();
    }
  }

  @Test
  void whatCouldNotBeDeletedIsTriedAgainUntilItIs() {
    store.keep(DOOR, 1);

    ring();
    stubborn.refusing = false;
    ring();
    ring();

    assertThat(stubborn.attempts)
        .containsExactly("fragments of door", "fragments of door", "fragments of door");
  }

  @Test
  void deletedStreamWhoseFilesStayIsTriedAgain() {
    store.keep(DOOR, 24);
    var unused = store.deleteStream(DOOR);
    stubborn.refusing = false;

    ring();

    assertThat(stubborn.attempts).containsExactly("stream door", "stream door");
    assertThat(loop.timers()).isEmpty();
  }

  @Test
  void streamsInTroubleAreTriedTogether() {
    store.keep(DOOR, 1);
    store.keep(GATE, 1);

    ring();

    assertThat(stubborn.attempts)
        .containsExactlyInAnyOrder(
            "fragments of door", "fragments of gate", "fragments of door", "fragments of gate");
  }

  @Test
  void whoAdvancesTheClockDoesNotWaitForTheDisk() {
    store.keep(DOOR, 1);
    settle();

    assertThat(clock.waitingCount()).isZero();
    assertThat(loop.timers()).containsExactly(DeletionRetries.PAUSE);
  }

  @Test
  void nothingIsTriedAgainWhenItIsClosed() {
    store.keep(DOOR, 1);
    settle();

    store.close();

    assertThat(loop.timers()).isEmpty();
  }

  private void ring() {
    settle();
    loop.ringTimers();
    settle();
  }

  private void settle() {
    boolean more = true;
    while (more) {
      more = loop.runOne();
    }
  }
}
