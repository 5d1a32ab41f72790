package io.github.kvslocal.session;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import java.time.Instant;

/** What a {@link StorageSession} asks of the world. Plain data, so a test compares lists. */
public sealed interface SessionEffect {
  void perform(Performer performer);

  /** One method per effect: adding an effect breaks the build of every performer. */
  interface Performer {
    /** Sends this peer's offer, opening the peer first if it is new. */
    void sendOffer(PeerId peer, Participant to, StreamArn stream);

    /**
     * Closes a peer and opens another behind the same offer, with the same ICE and DTLS parameters.
     */
    void renewPeer(PeerId peer, PeerId successor, Participant whose);

    /** Closes a peer that is in the session no more. */
    void closePeer(PeerId peer, Participant whose, CloseCause cause);

    /** A viewer has left, and its seat is held for it. */
    void seatHeld(ClientId viewer, Instant until);

    /** A seat that was held is free. */
    void seatFreed(ClientId viewer);

    /** The session has ended for all, held seats included. */
    void sessionEnded(CloseCause cause);
  }

  /**
   * Each accepted join has exactly one.
   *
   * @param stream where this join wants the media of the peer stored
   */
  record SendOffer(PeerId peer, Participant to, StreamArn stream) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.sendOffer(peer, to, stream);
    }
  }

  /** The client got the offer twice, and has answered it twice. */
  record RenewPeer(PeerId peer, PeerId successor, Participant whose) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.renewPeer(peer, successor, whose);
    }
  }

  /** Each peer has at most one, and no effect after it. */
  record ClosePeer(PeerId peer, Participant whose, CloseCause cause) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.closePeer(peer, whose, cause);
    }
  }

  /** The viewer may come back until then; nobody else gets the seat before. */
  record SeatHeld(ClientId viewer, Instant until) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.seatHeld(viewer, until);
    }
  }

  /** The hold is over. */
  record SeatFreed(ClientId viewer) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.seatFreed(viewer);
    }
  }

  /** After the last {@link ClosePeer}; no seat is held any more. */
  record SessionEnded(CloseCause cause) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.sessionEnded(cause);
    }
  }
}
