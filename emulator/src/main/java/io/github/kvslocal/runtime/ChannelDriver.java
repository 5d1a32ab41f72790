package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.peer.PeerConnection;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.recording.RecordingSummary;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import io.github.kvslocal.session.PeerId;
import io.github.kvslocal.session.SessionEffect;
import io.github.kvslocal.session.StorageSession;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the storage session of one channel: performs its effects on sockets and peers. Everything
 * here runs on the session's loop.
 */
final class ChannelDriver implements SessionEffect.Performer {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelDriver.class);

  private final ChannelArn channel;
  private final EmulatorRuntime world;
  private final SessionLoop loop;
  private final Runnable onPeerGone;
  private final StorageSession session = new StorageSession();
  private final Map<Participant, SignalingConnection> sockets = new HashMap<>();
  private final Map<PeerId, PeerDriver> peers = new HashMap<>();

  /** Where the newest join that a peer's offer answered wants its media stored. */
  private final Map<PeerId, StreamArn> streams = new HashMap<>();

  private CompletableFuture<Void> recordings = CompletableFuture.completedFuture(null);

  private int unfinishedRecordings;

  /**
   * @param onPeerGone run on the loop whenever a peer has gone
   */
  ChannelDriver(ChannelArn channel, EmulatorRuntime world, Runnable onPeerGone) {
    this.channel = channel;
    this.world = world;
    this.loop = new GuardedLoop(world.loops().get(), this::onBug);
    this.onPeerGone = onPeerGone;
  }

  /** Our bug, on this session's loop: this session ends, all others live. */
  private void onBug(Throwable bug) {
    report(bug);
    end("internal failure");
  }

  private void report(Throwable bug) {
    LOG.atError()
        .addKeyValue("channel", channel.name())
        .setCause(bug)
        .log("a bug of the emulator ends this storage session; please report it");
  }

  SessionLoop loop() {
    return loop;
  }

  /** Whether it can be forgotten. */
  boolean isUnused() {
    return sockets.isEmpty() && peers.isEmpty() && unfinishedRecordings == 0;
  }

  void join(StreamArn stream, Participant participant) throws RefusedException {
    perform(session.join(participant, stream));
  }

  void opened(Participant participant, SignalingConnection connection) {
    SignalingConnection before = sockets.put(participant, connection);
    note(participant.toString(), "signaling-opened", "the signaling socket is open");
    if (before != null) {
      // AWS does not say whether the older socket is closed; two that both believe to be the
      // master would answer each other's offers.
      before.close(1000, "a newer connection of the same participant has taken over");
    }
  }

  void closed(Participant participant, SignalingConnection connection) {
    if (sockets.remove(participant, connection)) {
      note(
          participant.toString(),
          "signaling-closed",
          "the signaling socket is closed; media goes on");
    }
  }

  void received(Participant participant, SignalingConnection connection, Inbound message) {
    if (connection.equals(sockets.get(participant))) {
      message.deliver(new Messages(participant, connection));
    } else {
      note(
          participant.toString(),
          "message-ignored",
          "a message came over a socket that a newer one has replaced");
    }
  }

  @Override
  public void sendOffer(PeerId id, Participant to, StreamArn stream) {
    SignalingConnection socket = sockets.get(to);
    if (socket == null) {
      note(
          id.toString(),
          "offer-without-socket",
          "a join came before its signaling socket was open, so the offer has nowhere to go;"
              + " connect as "
              + to
              + " first, then join");
      if (!peers.containsKey(id)) {
        session.ended(id);
      }
      return;
    }
    PeerDriver peer = peers.computeIfAbsent(id, this::openPeer);
    streams.put(id, stream);
    socket.send(new Outbound.SdpOffer(SdpWriter.write(peer.offer())));
    for (IceCandidate candidate : peer.candidates()) {
      socket.send(new Outbound.IceCandidate(candidate.toString(), 0));
    }
    note(id.toString(), "offer-sent", "the offer is on its way to the " + to);
  }

  @Override
  public void closeReplaced(PeerId id) {
    PeerDriver peer = peers.get(id);
    if (peer != null) {
      peer.end(PeerEnd.REPLACED, "a newer connection of the same participant was answered");
    }
  }

  private PeerDriver openPeer(PeerId id) {
    return new PeerDriver(id, world, loop, new MasterMedia(id));
  }

  /** Ends every peer; one that fails at its end does not keep the others. */
  void end(String why) {
    for (PeerDriver peer : List.copyOf(peers.values())) {
      try {
        peer.end(PeerEnd.SHUT_DOWN, why);
      } catch (RuntimeException | Error bug) {
        report(bug);
      }
    }
  }

  /** Completes when the fate of everything that was recorded so far is known. */
  CompletableFuture<Void> stored() {
    return recordings;
  }

  private void perform(List<SessionEffect> effects) {
    effects.forEach(effect -> effect.perform(this));
  }

  private void note(String who, String event, String detail) {
    world.journal().write(loop.now(), channel, who, event, detail);
  }

  /** A participant's messages, each in its place. */
  private final class Messages implements Inbound.Receiver {
    private final Participant from;
    private final SignalingConnection socket;

    Messages(Participant from, SignalingConnection socket) {
      this.from = from;
      this.socket = socket;
    }

    @Override
    public void sdpOffer(Inbound.SdpOffer offer) {
      decline(
          offer.correlationId(),
          Reason.NOT_BUILT_YET,
          "a client's own SDP_OFFER is not delivered: on a channel with media storage the storage"
              + " session offers and the client answers; peer-to-peer signaling is not built yet");
    }

    @Override
    public void sdpAnswer(Inbound.SdpAnswer answer) {
      Optional<PeerId> id = session.awaitingAnswer(from);
      PeerDriver peer = id.map(peers::get).orElse(null);
      if (peer == null) {
        note(
            from.toString(),
            "answer-ignored",
            "an SDP_ANSWER came while no offer waited for one; if it is a second answer to an offer"
                + " that was sent twice, join again");
        return;
      }
      try {
        peer.answer(SdpReader.read(answer.payload()));
      } catch (MalformedSdpException | UnacceptableAnswerException e) {
        String complaint = String.valueOf(e.getMessage());
        note(peer.id().toString(), "answer-refused", complaint);
        decline(answer.correlationId(), Reason.INVALID_ARGUMENT, complaint);
        return;
      }
      note(peer.id().toString(), "answered", "the answer is accepted");
      perform(session.answered(peer.id()));
    }

    @Override
    public void iceCandidate(Inbound.IceCandidate candidate) {
      if (candidate.payload().isEmpty()) {
        // The end of candidates: nothing waits for it.
        return;
      }
      Optional<IceCandidate> parsed = IceCandidate.parse(candidate.payload());
      Optional<PeerDriver> peer = session.newest(from).map(peers::get);
      if (parsed.isEmpty()) {
        ignored("an ICE_CANDIDATE is none that RFC 8839 section 5.1 knows");
      } else if (peer.isEmpty()) {
        ignored("an ICE_CANDIDATE came while there was neither an offer nor a connection");
      } else if (!peer.get().remoteCandidate(parsed.get())) {
        ignored("too many candidates came before the answer");
      }
    }

    private void ignored(String why) {
      note(from.toString(), "candidate-ignored", why);
    }

    @Override
    public void unreadable(Inbound.Unreadable unreadable) {
      decline(unreadable.correlationId(), Reason.INVALID_ARGUMENT, unreadable.complaint());
    }

    /** A STATUS_RESPONSE goes only to who asked for it with a correlation id. */
    private void decline(String correlationId, Reason reason, String complaint) {
      LOG.atInfo()
          .addKeyValue("channel", channel.name())
          .addKeyValue("client", from)
          .addKeyValue("complaint", complaint)
          .log("message declined");
      if (!correlationId.isEmpty()) {
        socket.send(new Outbound.StatusResponse(correlationId, reason, complaint));
      }
    }
  }

  /** What comes from one master's peer. */
  private final class MasterMedia implements PeerConnection.Observer {
    private final PeerId id;
    private @Nullable MasterRecording recording;

    MasterMedia(PeerId id) {
      this.id = id;
    }

    @Override
    public void connected(String localAddress, String remoteAddress) {
      note(
          id.toString(),
          "connected",
          "media can flow between " + localAddress + " and " + remoteAddress);
      recording = new MasterRecording(world.store(), world.fragments(), stream(), loop.now());
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
        recording.frame(frame, loop.now());
      }
    }

    @Override
    public void ended(PeerEnd end, String why) {
      note(id.toString(), "peer-ended", end + ": " + why);
      PeerDriver peer = peers.remove(id);
      streams.remove(id);
      session.ended(id);
      try {
        if (recording != null && peer != null) {
          finish(recording, peer);
        }
      } finally {
        onPeerGone.run();
      }
    }

    private void finish(MasterRecording finished, PeerDriver peer) {
      CompletableFuture<RecordingSummary> end = finished.finish(loop.now());
      unfinishedRecordings++;
      CompletableFuture<Void> stored = new CompletableFuture<>();
      CompletableFuture<Void> handedOver =
          end.handle(
              (summary, failure) -> {
                loop.execute(() -> settled(finished, peer, summary, failure, stored));
                return null;
              });
      recordings = CompletableFuture.allOf(recordings, handedOver, stored);
    }

    /** On the loop, whose guard a bug has to meet: a future would keep it to itself. */
    private void settled(
        MasterRecording finished,
        PeerDriver peer,
        @Nullable RecordingSummary summary,
        @Nullable Throwable failure,
        CompletableFuture<Void> stored) {
      unfinishedRecordings--;
      try {
        if (summary == null) {
          throw new IllegalStateException("a recorder failed at its end", failure);
        }
        recorded(finished, peer, summary);
      } finally {
        stored.complete(null);
        onPeerGone.run();
      }
    }

    private void recorded(MasterRecording finished, PeerDriver peer, RecordingSummary summary) {
      note(
          id.toString(),
          "recording-ended",
          "%d fragments stored, %d failed, %d skipped; %s; %d frames are in none; %d datagrams dropped; %s"
              .formatted(
                  summary.stored(),
                  summary.failed(),
                  summary.skipped(),
                  finished.tracks(peer.audioNegotiated()),
                  finished.dropped(),
                  peer.droppedDatagrams(),
                  peer.statistics().map(Object::toString).orElse("no media")));
    }
  }
}
