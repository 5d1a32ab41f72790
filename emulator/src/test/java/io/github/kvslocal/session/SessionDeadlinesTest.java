package io.github.kvslocal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What people are told of that will fall due. */
class SessionDeadlinesTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final StorageSession session = new StorageSession(SessionLimits.DOCUMENTED);

  @Test
  void anEmptySessionHasNone() {
    assertThat(session.deadlines()).isEmpty();
  }

  @Test
  void eachThingThatWaitsIsToldInPlainWords() throws RefusedException {
    join("ann", 0);
    join("bob", 10);

    session.ended(new PeerId(1), START.plusSeconds(20));

    assertThat(session.deadlines())
        .containsExactlyInAnyOrder(
            new Deadline(START.plusSeconds(80), "the seat of viewer ann becomes free"),
            new Deadline(START.plusSeconds(180), "the viewers, whom no master serves, are evicted"),
            new Deadline(
                START.plusSeconds(3600), "the session has had its length and ends for all"));
    assertThat(session.nextDeadline()).contains(START.plusSeconds(80));
  }

  @Test
  void whatCannotHappenAnyMoreIsToldNoLonger() throws RefusedException {
    join("ann", 0);

    session.end(CloseCause.STORAGE_ENDED);

    assertThat(session.deadlines()).isEmpty();
  }

  private void join(String viewer, long second) throws RefusedException {
    session.join(new Participant.Viewer(new ClientId(viewer)), STREAM, START.plusSeconds(second));
  }
}
