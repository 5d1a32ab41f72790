package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Participant;
import java.time.Duration;
import java.util.List;

/**
 * An offer of the storage session, with the candidates that are trickled after it.
 *
 * @param name what it can be withdrawn by
 * @param patience how long the storage session waits for an answer, and so at most for a socket
 */
public record StorageOffer(
    long name,
    Participant to,
    Outbound.SdpOffer offer,
    List<Outbound.IceCandidate> candidates,
    Duration patience) {
  public StorageOffer {
    candidates = List.copyOf(candidates);
  }
}
