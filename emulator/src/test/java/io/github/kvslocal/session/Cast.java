package io.github.kvslocal.session;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;

/** Who comes to a storage session and when, in seconds of the first join's age. */
final class Cast {
  static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  static final PeerId FIRST = new PeerId(1);
  static final PeerId SECOND = new PeerId(2);
  static final PeerId THIRD = new PeerId(3);
  static final PeerId FOURTH = new PeerId(4);
  static final Participant MASTER = Participant.MASTER;
  static final Participant ANN = viewer("ann");
  static final Participant BOB = viewer("bob");
  static final Participant CYD = viewer("cyd");
  static final Participant DOT = viewer("dot");
  static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private Cast() {}

  /** Three viewers take all the seats there are. */
  static void fillTheSeats(StorageSession session) throws RefusedException {
    session.join(ANN, STREAM, START);
    session.join(BOB, STREAM, START);
    session.join(CYD, STREAM, START);
  }

  static Instant at(long second) {
    return START.plusSeconds(second);
  }

  static Participant viewer(String id) {
    return new Participant.Viewer(new ClientId(id));
  }

  static ClientId id(Participant viewer) {
    return ((Participant.Viewer) viewer).id();
  }
}
