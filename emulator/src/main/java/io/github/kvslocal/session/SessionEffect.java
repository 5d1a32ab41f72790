package io.github.kvslocal.session;

import io.github.kvslocal.channel.Participant;

/** What a {@link StorageSession} asks of the world. Plain data, so a test compares lists. */
public sealed interface SessionEffect {
  void perform(Performer performer);

  /** One method per effect: adding an effect breaks the build of every performer. */
  interface Performer {
    /** Sends this peer's offer, opening the peer first if it is new. */
    void sendOffer(PeerId peer, Participant to);

    /** Closes a peer because a newer one of the same participant was answered. */
    void closeReplaced(PeerId peer);
  }

  /** Each accepted join has exactly one. */
  record SendOffer(PeerId peer, Participant to) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.sendOffer(peer, to);
    }
  }

  /** The newest join takes precedence, but only once its offer has been answered. */
  record CloseReplaced(PeerId peer) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.closeReplaced(peer);
    }
  }
}
