package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.peer.InMemoryIce;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many channels whose masters and viewers connect, leave, come back and leave for good. */
class ManyChannelsTest {
  private static final int CHANNELS = 100;
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);
  private static final Participant ANN = new Participant.Viewer(new ClientId("ann"));

  private final ManualLoop loop = new ManualLoop(Instant.parse("2026-11-20T12:00:00Z"));
  private final SimulatedDtls dtls = new SimulatedDtls();
  private final NullSrtp srtp = new NullSrtp();
  private final InMemoryIce network =
      new SimulatedLink(0, Duration.ofMillis(25), Duration.ZERO, 7).over(loop);
  private final StorageSessions sessions =
      new StorageSessions(
          new EmulatorRuntime(
              whose -> loop,
              network,
              dtls,
              srtp,
              new VoiceMixing(new ConcentusOpus(), true),
              new InMemoryFragmentStore(),
              FragmentLimits.DOCUMENTED,
              SessionLimits.DOCUMENTED,
              SignalingLimits.DOCUMENTED,
              new Random(1),
              new Journal()));
  private final Random random = new Random(2);

  @Test
  void manyChannelsAreLeftAndReturnedToWithoutATrace() {
    visitAll();
    assertThat(sessions.count()).isEqualTo(CHANNELS);
    visitAll();
    assertThat(sessions.count()).isEqualTo(CHANNELS);

    loop.advance(Duration.ofMinutes(1));

    assertThat(sessions.count()).isZero();
    assertThat(loop.alarms()).isZero();
  }

  /** All channels at the same time; the seats of their viewers are held afterwards. */
  private void visitAll() {
    List<Visit> visits =
        IntStream.range(0, CHANNELS)
            .boxed()
            .flatMap(number -> Stream.of(enter(number, Participant.MASTER), enter(number, ANN)))
            .toList();
    loop.advance(Duration.ofMillis(500));
    assertThat(visits).allMatch(Visit::connected);
    visits.forEach(Visit::leave);
    loop.advance(Duration.ofMillis(500));
    assertThat(visits).allMatch(Visit::ended);
  }

  private Visit enter(int number, Participant who) {
    return new Visit(
        who,
        new TestPeerRuntime(loop, network, dtls, srtp, random),
        sessions,
        new ChannelArn("aws", "us-east-1", "000000000000", "door" + number, 1_700_000_000_000L),
        STREAM,
        List.of());
  }
}
