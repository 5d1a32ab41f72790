package io.github.kvslocal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One participant in a session: the peer that was answered, and the peer whose offer waits for its
 * answer. Only an answered peer gives way to another, so there are never more than these two.
 */
final class Presence {
  private @Nullable PeerId answered;
  private boolean connected;
  private @Nullable PeerId offered;

  /** Whether the client has got the waiting peer's offer. */
  private boolean delivered;

  /**
   * How many answers may come still: one to each offer, and one more for every time that its client
   * got it again. They come in the order of their offers, so those to earlier ones do not come any
   * more when a peer was given up unanswered, and its own are not wanted.
   */
  private int owed;

  /** The peer to offer: the one that waits already, or else a new one. */
  PeerId offer(Supplier<PeerId> fresh) {
    if (offered == null) {
      offered = fresh.get();
      delivered = false;
      owed++;
    }
    return offered;
  }

  /** A peer's offer has gone out to its client, once more or for the first time. */
  void delivered(PeerId peer) {
    if (peer.equals(offered)) {
      owed += delivered ? 1 : 0;
      delivered = true;
    }
  }

  /** The offer is answered; returns the peer that gives way. */
  Optional<PeerId> answered(PeerId peer) {
    PeerId before = answered;
    answered = peer;
    connected = false;
    offered = null;
    owed--;
    return Optional.ofNullable(before);
  }

  /** The peer whose repeated offer may be answered once more: none while another one waits. */
  Optional<PeerId> answerableAgain() {
    return owed > 0 && offered == null ? Optional.ofNullable(answered) : Optional.empty();
  }

  void connected(PeerId peer) {
    connected |= peer.equals(answered);
  }

  /** A peer has gone; nothing changes if it is none of these. */
  void ended(PeerId peer) {
    if (peer.equals(offered)) {
      offered = null;
      owed = 0;
    }
    if (peer.equals(answered)) {
      answered = null;
      connected = false;
    }
  }

  Optional<PeerId> awaitingAnswer() {
    return Optional.ofNullable(offered);
  }

  /** The peer of the newest description. */
  Optional<PeerId> newest() {
    return awaitingAnswer().or(() -> Optional.ofNullable(answered));
  }

  boolean isConnected() {
    return connected;
  }

  boolean isGone() {
    return answered == null && offered == null;
  }

  /** The older first. */
  List<PeerId> peers() {
    List<PeerId> peers = new ArrayList<>();
    if (answered != null) {
      peers.add(answered);
    }
    if (offered != null) {
      peers.add(offered);
    }
    return peers;
  }
}
