package io.github.kvslocal.session;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the storage session of one channel (JoinStorageSession API page).
 *
 * <p>A client keeps either its first or its last offer: the KVS C SDK the first, the JavaScript SDK
 * the last. So an offer that waits for its answer is repeated as it was, with the same peer behind
 * it, and only an answered peer gives way to a new one. AWS does not say how it tells the answers
 * apart.
 *
 * <p>Known limit: when a repeated offer crosses the answer to the first, a client that keeps the
 * last answers twice. The second answer finds nobody waiting, and the client has to join again.
 */
public final class StorageSession {
  private long peers;

  /** The master's peer whose offer was answered. */
  private @Nullable PeerId master;

  /** The master's peer whose offer waits for its answer. */
  private @Nullable PeerId offered;

  /**
   * Admits a participant; every call yields exactly one offer.
   *
   * @param stream where the channel's media is stored at present
   */
  public List<SessionEffect> join(Participant participant, StreamArn stream)
      throws RefusedException {
    if (!participant.equals(Participant.MASTER)) {
      throw new RefusedException(
          Reason.NOT_BUILT_YET,
          "viewers of storage sessions are not built yet; only the master can join");
    }
    if (offered == null) {
      offered = new PeerId(++peers);
    }
    return List.of(new SessionEffect.SendOffer(offered, participant, stream));
  }

  /** The peer whose offer waits for this participant's answer. */
  public Optional<PeerId> awaitingAnswer(Participant participant) {
    return participant.equals(Participant.MASTER) ? Optional.ofNullable(offered) : Optional.empty();
  }

  /** The peer a participant's candidate is meant for: they follow the newest description. */
  public Optional<PeerId> newest(Participant participant) {
    return awaitingAnswer(participant)
        .or(
            () ->
                participant.equals(Participant.MASTER)
                    ? Optional.ofNullable(master)
                    : Optional.empty());
  }

  /** An acceptable answer has come: an earlier peer of the master gives way. */
  public List<SessionEffect> answered(PeerId peer) {
    if (!peer.equals(offered)) {
      return List.of();
    }
    PeerId before = master;
    master = peer;
    offered = null;
    return before == null ? List.of() : List.of(new SessionEffect.CloseReplaced(before));
  }

  /** A peer is gone, for whatever reason. */
  public void ended(PeerId peer) {
    if (peer.equals(offered)) {
      offered = null;
    }
    if (peer.equals(master)) {
      master = null;
    }
  }

  /** Whether nobody is here, so that the session can be forgotten. */
  public boolean isEmpty() {
    return master == null && offered == null;
  }
}
