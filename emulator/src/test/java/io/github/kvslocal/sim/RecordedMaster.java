package io.github.kvslocal.sim;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.recording.RecordingExport;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.testpeer.TestPeer;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A master on a network of its own, and what the emulator records of it, in virtual time. */
final class RecordedMaster {
  private static final ChannelArn CHANNEL =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final ManualLoop loop = new ManualLoop(Instant.parse("2026-11-20T12:00:00Z"));
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final Visit visit;

  /**
   * @param eachWay what happens to media, and by its delay to everything
   * @param hands through which what the master sends goes before that
   * @param seed decides what is lost and what is late
   */
  RecordedMaster(
      LinkModel eachWay, InterceptedIce.Hands hands, long seed, List<EncodedFrame> frames) {
    SimulatedNetwork network = new SimulatedNetwork(loop, eachWay, seed);
    SimulatedDtls dtls = new SimulatedDtls();
    NullSrtp srtp = new NullSrtp();
    StorageSessions sessions =
        new StorageSessions(
            new EmulatorRuntime(
                whose -> loop,
                network,
                dtls,
                srtp,
                new VoiceMixing(new ConcentusOpus(), true),
                store,
                FragmentLimits.DOCUMENTED,
                SessionLimits.DOCUMENTED,
                SignalingLimits.DOCUMENTED,
                new Random(seed),
                new Journal()));
    InterceptedIce ice = new InterceptedIce(network, hands, InterceptedIce.Hands.NONE);
    visit =
        new Visit(
            Participant.MASTER,
            new TestPeerRuntime(loop, ice, dtls, srtp, new Random(seed + 1)),
            sessions,
            CHANNEL,
            STREAM,
            frames);
  }

  /** Plays for so long, and leaves. */
  RecordedMaster play(Duration length) {
    loop.advance(length);
    visit.leave();
    loop.advance(Duration.ofSeconds(1));
    return this;
  }

  TestPeer peer() {
    return visit.peer();
  }

  /** A track of the exported recording. */
  List<MatroskaBlock> recorded(Track track) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordingExport.plan(store, STREAM).writeTo(out);
    return MatroskaReader.read(out.toByteArray()).blocks().stream()
        .filter(block -> block.track() == track.number())
        .toList();
  }
}
