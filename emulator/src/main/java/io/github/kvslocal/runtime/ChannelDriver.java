package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel: its sockets and its storage session, and which message goes where. Everything here
 * runs on the channel's loop.
 */
final class ChannelDriver {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelDriver.class);

  private final ChannelArn channel;
  private final SessionLoop loop;
  private final ChannelNotes notes;
  private final Sockets sockets;
  private final SessionDriver session;

  /**
   * @param onPeerGone run on the loop whenever a peer has gone
   */
  ChannelDriver(ChannelArn channel, EmulatorRuntime world, Runnable onPeerGone) {
    this.channel = channel;
    this.loop = new GuardedLoop(world.loops().get(), this::onBug);
    this.notes = new ChannelNotes(channel, world.journal(), loop);
    this.sockets = new Sockets(notes);
    this.session = new SessionDriver(world, loop, sockets, notes, onPeerGone);
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
    return sockets.isEmpty() && session.isUnused();
  }

  void join(StreamArn stream, Participant participant) throws RefusedException {
    session.join(stream, participant);
  }

  void opened(Participant participant, SignalingConnection connection) {
    sockets.opened(participant, connection);
  }

  void closed(Participant participant, SignalingConnection connection) {
    sockets.closed(participant, connection);
  }

  void received(Participant participant, SignalingConnection connection, Inbound message) {
    if (sockets.isCurrent(participant, connection)) {
      message.deliver(new Messages(participant));
    } else {
      notes.write(
          participant,
          "message-ignored",
          "a message came over a socket that a newer one has replaced");
    }
  }

  void channelDeleted() {
    sockets.closeAll("the channel was deleted");
    session.storageEnded("the channel was deleted");
  }

  /** Ends the session for all; the sockets stay. */
  void storageEnded(String why) {
    session.storageEnded(why);
  }

  /** Ends every peer. */
  void end(String why) {
    session.end(why, this::report);
  }

  /** Completes when the fate of everything that was recorded so far is known. */
  CompletableFuture<Void> stored() {
    return session.stored();
  }

  /** A participant's messages, each in its place. */
  private final class Messages implements Inbound.Receiver {
    private final Participant from;

    Messages(Participant from) {
      this.from = from;
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
      try {
        session.answer(from, answer.payload());
      } catch (RefusedException e) {
        decline(answer.correlationId(), e.reason(), e.explanation());
      }
    }

    @Override
    public void iceCandidate(Inbound.IceCandidate candidate) {
      session.candidate(from, candidate.payload());
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
        sockets.send(from, List.of(new Outbound.StatusResponse(correlationId, reason, complaint)));
      }
    }
  }
}
