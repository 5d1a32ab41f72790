package io.github.kvslocal.sim;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fault.NetworkModel;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.recording.RecordingExport;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.Said;
import io.github.kvslocal.signaling.SignalingConnection;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.testpeer.TestMaster;
import io.github.kvslocal.testpeer.TestPeer;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A master and the storage sessions of one channel in virtual time, without a socket. */
final class Simulation {
  private static final ChannelArn CHANNEL =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final ManualLoop loop = new ManualLoop(Instant.parse("2026-11-20T12:00:00Z"));
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final Journal journal = new Journal();
  private final TestMaster master;
  private final StorageSessions sessions;
  private final Wire wire = new Wire();

  /**
   * @param way the master's to the emulator
   */
  Simulation(NetworkModel way, AnswerPlan plan, List<EncodedFrame> frames) {
    SimulatedNetwork network = new SimulatedNetwork(loop, LinkModel.PERFECT, way.seed());
    IceTransport.Factory agents = network.behind(way);
    SimulatedDtls dtls = new SimulatedDtls();
    NullSrtp srtp = new NullSrtp();
    sessions =
        new StorageSessions(
            new EmulatorRuntime(
                whose -> loop,
                agents,
                dtls,
                srtp,
                new VoiceMixing(new ConcentusOpus(), true),
                store,
                FragmentLimits.DOCUMENTED,
                SessionLimits.DOCUMENTED,
                SignalingLimits.DOCUMENTED,
                new Random(way.seed()),
                journal));
    master =
        new TestMaster(
            new TestPeerRuntime(loop, network, dtls, srtp, new Random(way.seed() + 1)),
            plan,
            wire,
            frames.iterator());
  }

  /** Connects, plays everything for this long, and leaves. */
  Simulation play(Duration length) {
    sessions.signalingOpened(CHANNEL, Participant.MASTER, wire, Said.RECORDED);
    sessions.join(CHANNEL, STREAM, Participant.MASTER, Said.RECORDED);
    loop.advance(length);
    master.close();
    sessions.signalingClosed(CHANNEL, wire);
    loop.advance(Duration.ofSeconds(1));
    return this;
  }

  TestMaster master() {
    return master;
  }

  /** What the newest entry of this event says; empty if there is none. */
  String detail(String event) {
    return journal.entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .map(JournalEntry::detail)
        .reduce("", (before, after) -> after);
  }

  /** The entries of the journal that a query means, oldest first. */
  List<JournalEntry> entries(JournalQuery query) {
    return journal.entries(query);
  }

  List<FragmentMetadata> fragments() {
    return store.list(STREAM);
  }

  /** A track of the exported recording. */
  List<MatroskaBlock> recorded(Track track) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordingExport.plan(store, STREAM).writeTo(out);
    return MatroskaReader.read(out.toByteArray()).blocks().stream()
        .filter(block -> block.track() == track.number())
        .toList();
  }

  /** What is left behind: sessions and alarms. */
  int leftovers() {
    return sessions.count() + loop.alarms();
  }

  /** The signaling between the two, each message a task of its own. */
  private final class Wire
      implements SignalingConnection, TestPeer.Signaling, Outbound.Encoder<Runnable> {
    @Override
    public void send(Outbound message) {
      loop.execute(message.encode(this));
    }

    @Override
    public void ping() {
      throw new AssertionError("pinged, although nobody asked for it");
    }

    @Override
    public void close(CloseCode code, String reason) {
      throw new AssertionError("closed with " + code + ": " + reason);
    }

    @Override
    public void drop(int code, String reason) {
      throw new AssertionError("dropped with " + code + ": " + reason);
    }

    @Override
    public Runnable sdpOffer(Outbound.SdpOffer offer) {
      return () -> {
        try {
          master.offer(offer.sdp());
        } catch (MalformedSdpException e) {
          throw new AssertionError(e);
        }
      };
    }

    @Override
    public Runnable iceCandidate(Outbound.IceCandidate candidate) {
      return () -> master.candidate(candidate.candidate());
    }

    @Override
    public Runnable relayed(Outbound.Relayed message) {
      throw new AssertionError(message);
    }

    @Override
    public Runnable statusResponse(Outbound.StatusResponse response) {
      throw new AssertionError(response);
    }

    @Override
    public Runnable goAway(Outbound.GoAway goodbye) {
      throw new AssertionError(goodbye);
    }

    @Override
    public Runnable reconnectIceServer(Outbound.ReconnectIceServer request) {
      throw new AssertionError(request);
    }

    @Override
    public void answer(String sdp) {
      say(Said.answer(sdp, "answer"));
    }

    @Override
    public void candidate(String candidate) {
      say(Said.candidate(candidate, ""));
    }

    private void say(Inbound message) {
      sessions.signalingReceived(CHANNEL, this, message, Said.RECORDED);
    }
  }
}
