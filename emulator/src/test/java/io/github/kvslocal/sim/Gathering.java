package io.github.kvslocal.sim;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.codec.ConcentusOpus;
import io.github.kvslocal.fault.LinkModel;
import io.github.kvslocal.fragment.FragmentLimits;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.matroska.MatroskaBlock;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.NullSrtp;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.recording.RecordingExport;
import io.github.kvslocal.runtime.EmulatorRuntime;
import io.github.kvslocal.runtime.ManualLoop;
import io.github.kvslocal.runtime.SessionLoop;
import io.github.kvslocal.runtime.StorageSessions;
import io.github.kvslocal.runtime.VoiceMixing;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.session.SessionLimits;
import io.github.kvslocal.signaling.SignalingLimits;
import io.github.kvslocal.testpeer.TestPeerRuntime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** A channel in virtual time, and participants who hear and speak with the real codec. */
final class Gathering {
  /** Takes sound and sends it. */
  static final AnswerPlan TALKS = new AnswerPlan(true, true, Setup.ACTIVE);

  /** Takes sound and sends none. */
  static final AnswerPlan LISTENS = new AnswerPlan(false, true, Setup.ACTIVE);

  /** Sends sound and takes none. */
  static final AnswerPlan DEAF = new AnswerPlan(true, false, Setup.ACTIVE);

  private static final ChannelArn CHANNEL =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);
  private static final StreamArn STREAM =
      new StreamArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  final ManualLoop loop = new ManualLoop(Instant.parse("2026-11-20T12:00:00Z"));
  final SimulatedNetwork network =
      new SimulatedNetwork(loop, LinkModel.PERFECT.withDelay(Duration.ofMillis(25)), 7);
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final Journal journal = new Journal();
  private final SimulatedDtls dtls = new SimulatedDtls();
  private final NullSrtp srtp = new NullSrtp();
  private final Random random = new Random(2);
  final StorageSessions sessions;

  /**
   * @param recordsMix whether the mix is stored
   */
  Gathering(boolean recordsMix) {
    sessions =
        new StorageSessions(
            new EmulatorRuntime(
                whose -> loop,
                network,
                dtls,
                srtp,
                new VoiceMixing(new ConcentusOpus(), recordsMix),
                store,
                FragmentLimits.DOCUMENTED,
                SessionLimits.DOCUMENTED,
                SignalingLimits.DOCUMENTED,
                new Random(1),
                journal));
  }

  Visit master(AnswerPlan plan, List<EncodedFrame> frames) {
    return enter(Participant.MASTER, plan, frames, loop);
  }

  /** A master whose clock is faster by this part. */
  Visit fasterMaster(double pace, AnswerPlan plan, List<EncodedFrame> frames) {
    return enter(Participant.MASTER, plan, frames, new DriftingLoop(loop, pace));
  }

  Visit viewer(String id, AnswerPlan plan, List<EncodedFrame> frames) {
    return enter(new Participant.Viewer(new ClientId(id)), plan, frames, loop);
  }

  private Visit enter(
      Participant who, AnswerPlan plan, List<EncodedFrame> frames, SessionLoop itsLoop) {
    return new Visit(
        who,
        plan,
        new TestPeerRuntime(itsLoop, network, dtls, srtp, random),
        sessions,
        CHANNEL,
        STREAM,
        frames);
  }

  void pass(int millis) {
    loop.advance(Duration.ofMillis(millis));
  }

  void leave(Visit... visits) {
    for (Visit visit : visits) {
      visit.leave();
    }
    pass(1_000);
  }

  /** The details of all entries of this event, oldest first. */
  List<String> details(String event) {
    return journal.entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .map(JournalEntry::detail)
        .toList();
  }

  /** A track of everything that is stored. */
  List<MatroskaBlock> recorded(Track track) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordingExport.plan(store, STREAM).writeTo(out);
    return MatroskaReader.read(out.toByteArray()).blocks().stream()
        .filter(block -> block.track() == track.number())
        .toList();
  }

  /** The sound that came to somebody so far. */
  static List<ByteBuffer> heardBy(Visit visit) {
    return data(visit.peer().received());
  }

  /** The packets of sound among these. */
  static List<ByteBuffer> data(List<EncodedFrame> frames) {
    return frames.stream()
        .filter(frame -> frame.track() == Track.AUDIO)
        .map(EncodedFrame::data)
        .toList();
  }

  /** The clip's pictures with another sound. */
  static List<EncodedFrame> pictures(int seconds, List<EncodedFrame> sound) {
    List<EncodedFrame> frames = new ArrayList<>(sound);
    Clip.frames(seconds).stream()
        .filter(frame -> frame.track() == Track.VIDEO)
        .forEach(frames::add);
    frames.sort(Comparator.comparing(EncodedFrame::time).thenComparing(EncodedFrame::track));
    return frames;
  }
}
