package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fault.LinkModels;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.PeerConnection;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.recording.RecordingSummary;
import io.github.kvslocal.session.PeerId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The open peers of one channel, and where their media goes: a master's is recorded, and what comes
 * live is routed. On the channel's loop.
 */
final class Peers {
  /** Who is told. */
  interface Host {
    /** Media can flow to and from a peer. */
    void connected(PeerId peer);

    /** A peer has gone; it is none of these any more. */
    void ended(PeerId peer);
  }

  private final EmulatorRuntime world;
  private final SessionLoop loop;
  private final ChannelNotes notes;
  private final Recordings recordings;
  private final Host host;
  private final MediaRouting routing;
  private final ChannelFaults faults;
  private final Map<PeerId, PeerDriver> open = new HashMap<>();
  private final Map<PeerId, PeerFaults> befallen = new HashMap<>();
  private SessionLoop.Alarm ruleEnds = () -> {};

  /** Where the newest join that a peer's offer answered wants its media stored. */
  private final Map<PeerId, StreamArn> streams = new HashMap<>();

  Peers(
      EmulatorRuntime world,
      SessionLoop loop,
      ChannelNotes notes,
      ChannelFaults faults,
      Recordings recordings,
      Host host) {
    this.world = world;
    this.loop = loop;
    this.faults = faults;
    this.notes = notes;
    this.recordings = recordings;
    this.host = host;
    this.routing = new MediaRouting(loop, world.voices());
  }

  Optional<PeerDriver> find(PeerId id) {
    return Optional.ofNullable(open.get(id));
  }

  /** The peer of this id, opened if it is new, with the stream of its newest join. */
  PeerDriver open(PeerId id, Participant whose, StreamArn stream) {
    streams.put(id, stream);
    PeerDriver known = open.get(id);
    if (known != null) {
      return known;
    }
    PeerFaults its = faultsOf(whose);
    PeerNotes told = notes.of(id, whose);
    PeerDriver fresh =
        new PeerDriver(
            id,
            whose,
            new PeerWorld(its.world(), loop, routing.clock()),
            told,
            new Events(id, whose, told));
    open.put(id, fresh);
    befallen.put(id, its);
    its.apply(fresh);
    watchRules();
    return fresh;
  }

  /** What befalls this participant's connection, over its network. */
  private PeerFaults faultsOf(Participant whose) {
    return new PeerFaults(
        faults,
        whose,
        world,
        world.links().of(notes.channel(), whose),
        loop,
        model -> LinkModels.everywhere(model).of(notes.channel(), whose));
  }

  /** Rules of faults have come or gone, or their time is over. */
  void rulesChanged() {
    befallen.forEach(
        (id, its) -> {
          PeerDriver peer = open.get(id);
          if (peer != null) {
            its.apply(peer);
          }
        });
    watchRules();
  }

  private void watchRules() {
    ruleEnds.cancel();
    Instant end = open.isEmpty() || faults.isEmpty() ? Instant.MAX : faults.nextEnd();
    ruleEnds =
        end.equals(Instant.MAX)
            ? () -> {}
            : loop.schedule(end, "a rule of faults ends", this::rulesChanged);
  }

  /** Ends a peer and opens its successor behind the same offer. */
  void renew(PeerId id, PeerId successor, Participant whose) {
    PeerDriver peer = open.get(id);
    StreamArn stream = streams.get(id);
    PeerFaults its = befallen.get(id);
    if (peer == null || stream == null) {
      return;
    }
    peer.end(PeerEnd.REPLACED, "its client has answered the repeated offer once more");
    streams.put(successor, stream);
    PeerNotes told = notes.of(successor, whose);
    PeerDriver next = peer.successor(successor, told, new Events(successor, whose, told));
    open.put(successor, next);
    if (its != null) {
      befallen.put(successor, its);
      its.apply(next);
    }
  }

  /**
   * Ends every peer; one that fails at its end does not keep the others.
   *
   * @param onBug told of each that fails
   */
  void endAll(String why, Consumer<Throwable> onBug) {
    for (PeerDriver peer : List.copyOf(open.values())) {
      try {
        peer.end(PeerEnd.SHUT_DOWN, why);
      } catch (RuntimeException | Error bug) {
        onBug.accept(bug);
      }
    }
  }

  /** How far each has come, in the order in which they were offered. */
  List<SessionView.PeerView> views() {
    return open.values().stream()
        .sorted(Comparator.comparingLong(peer -> peer.id().number()))
        .flatMap(peer -> Stream.ofNullable(streams.get(peer.id())).map(peer::view))
        .toList();
  }

  /** Completes when the fate of everything that was recorded so far is known. */
  CompletableFuture<Void> stored() {
    return recordings.stored();
  }

  /** Whether no peer is open and nothing waits to be stored. */
  boolean isEmpty() {
    return open.isEmpty() && recordings.isEmpty();
  }

  /** What comes from one peer. */
  private final class Events implements PeerConnection.Observer {
    private final PeerId id;
    private final Participant whose;
    private final PeerNotes its;
    private final UnreadableMedia unreadable;
    private @Nullable MasterRecording recording;

    Events(PeerId id, Participant whose, PeerNotes its) {
      this.id = id;
      this.whose = whose;
      this.its = its;
      this.unreadable = new UnreadableMedia(text -> its.warn(Event.MEDIA_UNREADABLE, text));
    }

    @Override
    public void connected(String localAddress, String remoteAddress) {
      its.write(
          Event.CONNECTED, "media can flow between " + localAddress + " and " + remoteAddress);
      PeerDriver peer = open.get(id);
      if (peer != null) {
        route(peer);
      }
      host.connected(id);
    }

    private void route(PeerDriver peer) {
      if (whose.equals(Participant.MASTER)) {
        MasterRecording begun =
            new MasterRecording(
                world.store(),
                world.fragments(),
                stream(),
                loop.now(),
                peer::liveToMedia,
                new RecordingNotes(loop, its),
                new PictureWatch(world.fragments().longest(), its));
        begun.parameterSets(peer.parameterSets());
        recording = begun;
        routing.masterConnected(peer, begun);
      } else {
        routing.viewerConnected(peer);
      }
    }

    private StreamArn stream() {
      StreamArn stream = streams.get(id);
      if (stream == null) {
        throw new IllegalStateException("a peer without a join");
      }
      return stream;
    }

    @Override
    public void frame(EncodedFrame frame) {
      if (recording != null) {
        recording.frame(frame);
      }
    }

    @Override
    public void handedOut() {
      if (recording != null) {
        recording.settle(loop.now());
      }
    }

    @Override
    public void liveFrame(EncodedFrame frame) {
      if (recording != null) {
        Duration live = Duration.ofNanos(routing.clock().at(loop.nanoTime()).nanos());
        recording.liveZero(loop.now().minus(live));
      }
      routing.frame(id, frame);
    }

    @Override
    public void liveGap(Track track) {
      routing.gap(id, track);
    }

    @Override
    public void unreadable(Track track, String complaint) {
      unreadable.met(track, complaint);
    }

    @Override
    public void keyFrameWanted() {
      routing.keyFrameWanted(id);
    }

    @Override
    public void unannouncedMedia(int payloadType) {
      its.write(
          Event.UNANNOUNCED_MEDIA,
          whose
              + " sends RTP of payload type "
              + payloadType
              + ", of a track that its answer did not announce; it is dropped and counted:"
              + " announce it in the answer, or stop sending it");
    }

    @Override
    public void ended(PeerEnd end, String why) {
      PeerDriver peer = open.remove(id);
      if (peer != null) {
        peer.tellTracks();
      }
      its.write(Event.PEER_ENDED, end + ": " + why, Map.of("end", end.toString()));
      routing.ended(id);
      streams.remove(id);
      befallen.remove(id);
      watchRules();
      MasterRecording finished = recording;
      try {
        if (finished != null && peer != null) {
          recordings.finish(finished, summary -> recorded(finished, peer, summary));
        }
      } finally {
        host.ended(id);
      }
    }

    private void recorded(MasterRecording finished, PeerDriver peer, RecordingSummary summary) {
      its.write(
          Event.RECORDING_ENDED,
          ("%d fragments stored, %d failed, %d skipped; %s; %d frames are in none; "
                  + "%d datagrams dropped; %s; %s%s")
              .formatted(
                  summary.stored(),
                  summary.failed(),
                  summary.skipped(),
                  finished.tracks(peer.audioNegotiated()),
                  finished.dropped(),
                  peer.droppedDatagrams(),
                  finished.gaps(),
                  unreadable.summary(),
                  peer.statistics().map(Object::toString).orElse("no media")),
          Map.of(
              "stored", Long.toString(summary.stored()),
              "failed", Long.toString(summary.failed()),
              "skipped", Long.toString(summary.skipped())));
    }
  }
}
