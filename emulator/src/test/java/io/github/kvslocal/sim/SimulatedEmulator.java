package io.github.kvslocal.sim;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.SessionLoop;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** The storage sessions of any channels in virtual time, and the network to them. */
final class SimulatedEmulator {
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  final ManualLoop loop = new ManualLoop(Instant.parse("2026-11-20T12:00:00Z"));
  final Journal journal = new Journal();
  final SimulatedNetwork network;
  final StorageSessions sessions;
  private final SimulatedDtls dtls = new SimulatedDtls();
  private final NullSrtp srtp = new NullSrtp();
  private final Random random = new Random(2);

  /**
   * @param eachWay what happens to what any agent sends
   * @param seed decides what is lost and what is late
   */
  SimulatedEmulator(LinkModel eachWay, long seed) {
    network = new SimulatedNetwork(loop, eachWay, seed);
    sessions =
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
                journal));
  }

  /** Somebody who sends these, over the network as it is. */
  Visit enter(String channel, Participant who, List<EncodedFrame> frames) {
    return enter(channel, who, loop, network, frames);
  }

  /**
   * Somebody with a clock and a way to the network of its own.
   *
   * @param clock of the participant's
   */
  Visit enter(
      String channel,
      Participant who,
      SessionLoop clock,
      IceTransport.Factory ice,
      List<EncodedFrame> frames) {
    return new Visit(
        who,
        new TestPeerRuntime(clock, ice, dtls, srtp, random),
        sessions,
        new ChannelArn("aws", "us-east-1", "000000000000", channel, 1_700_000_000_000L),
        STREAM,
        frames);
  }

  void pass(int millis) {
    loop.advance(Duration.ofMillis(millis));
  }

  static Participant viewer(String id) {
    return new Participant.Viewer(new ClientId(id));
  }
}
