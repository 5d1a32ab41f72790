package io.github.kvslocal.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fault.LinkModels;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Networks that are as bad as a model has it, and for whom. */
class NetworkSimulationTest {
  private static final List<EncodedFrame> FRAMES = Clip.frames(10);
  private static final AnswerPlan BOTH_TRACKS = new AnswerPlan(true, Setup.ACTIVE);
  private static final ChannelArn CHANNEL =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);
  private static final Participant ANN = new Participant.Viewer(new ClientId("ann"));
  private static final Participant BOB = new Participant.Viewer(new ClientId("bob"));

  @Test
  void sameSeedMakesTheSameRecordingInEveryDetail() throws Exception {
    String first = outcome(7);

    assertThat(outcome(7)).isEqualTo(first);
    assertThat(outcome(8)).isNotEqualTo(first);
  }

  /** What is stored, and how it came. */
  private static String outcome(long seed) throws Exception {
    NetworkModel bad =
        NetworkModel.parse(
            "loss=4%,burst=0.2%:30%,delay=25ms,jitter=10ms,reorder=1%,duplicate=1%,rate=4mbit");
    Simulation simulation = new Simulation(bad.withSeed(seed), BOTH_TRACKS, FRAMES);
    simulation.play(Duration.ofSeconds(12));
    List<Object> blocks = new ArrayList<>(simulation.recorded(Track.AUDIO));
    blocks.addAll(simulation.recorded(Track.VIDEO));
    return simulation.detail("recording-ended") + " " + blocks;
  }

  @Test
  void onlyWhoseNetworkIsBadLosesPackets() {
    ManualLoop loop = new ManualLoop(Instant.parse("2026-11-20T12:00:00Z"));
    SimulatedNetwork network =
        new SimulatedNetwork(loop, LinkModel.PERFECT.withDelay(Duration.ofMillis(10)), 1);
    SimulatedDtls dtls = new SimulatedDtls();
    NullSrtp srtp = new NullSrtp();
    NetworkModel bad = NetworkModel.symmetric(LinkModel.PERFECT.withLoss(0.05), 3);
    LinkModels networks =
        (channel, who) -> channel.equals(CHANNEL) && who.equals(BOB) ? bad : NetworkModel.PERFECT;
    StorageSessions sessions =
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
                    new Journal())
                .withLinks(networks));
    TestPeerRuntime world = new TestPeerRuntime(loop, network, dtls, srtp, new Random(2));
    Visit ann = new Visit(ANN, world, sessions, CHANNEL, STREAM, List.of());
    Visit bob = new Visit(BOB, world, sessions, CHANNEL, STREAM, List.of());
    loop.advance(Duration.ofSeconds(1));
    Visit master = new Visit(Participant.MASTER, world, sessions, CHANNEL, STREAM, FRAMES);

    loop.advance(Duration.ofSeconds(12));

    assertThat(reception(bob).video().recovered()).isPositive();
    assertThat(reception(ann).video().recovered()).isZero();
    assertThat(reception(ann).nacks()).isZero();
    assertThat(master.peer().statistics().retransmissions()).isZero();
  }

  private static ReceiverStatistics reception(Visit visit) {
    return visit.peer().reception().orElseThrow();
  }
}
