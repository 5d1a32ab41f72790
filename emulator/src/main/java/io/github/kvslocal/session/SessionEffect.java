package io.github.kvslocal.session;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;

/** What a {@link StorageSession} asks of the world. Plain data, so a test compares lists. */
public sealed interface SessionEffect {
  void perform(Performer performer);

  /** One method per effect: adding an effect breaks the build of every performer. */
  interface Performer {
    /** Sends this peer's offer, opening the peer first if it is new. */
    void sendOffer(PeerId peer, Participant to, StreamArn stream);

    /** Closes a peer because a newer one of the same participant was answered. */
    void closeReplaced(PeerId peer);
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

  /** The newest join takes precedence, but only once its offer has been answered. */
  record CloseReplaced(PeerId peer) implements SessionEffect {
    @Override
    public void perform(Performer performer) {
      performer.closeReplaced(peer);
    }
  }
}
