package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;

/**
 * Who a message is for, by its sender's role and the channel's storage (SendSdpOffer, SendSdpAnswer
 * and SendIceCandidate pages; UpdateMediaStorageConfiguration API page).
 */
final class Addressing {
  private final Roster roster;

  Addressing(Roster roster) {
    this.roster = roster;
  }

  /**
   * Whether the storage session is meant. A viewer of a channel with storage talks to nobody else;
   * a master can still name a viewer (AWS does not say what becomes of such a message).
   */
  boolean isForStorage(Participant from, Inbound.Message message, ChannelFacts facts) {
    return facts.storageEnabled()
        && message.type() != MessageType.SDP_OFFER
        && (!from.equals(Participant.MASTER) || message.recipient().isEmpty());
  }

  /** Whether a viewer offers by itself although the storage session does that (documented). */
  boolean isLostOffer(Participant from, Inbound.Message message, ChannelFacts facts) {
    return facts.storageEnabled()
        && message.type() == MessageType.SDP_OFFER
        && !from.equals(Participant.MASTER);
  }

  /**
   * The participant that is meant.
   *
   * @throws RefusedException if the message goes in a direction that there is none of
   */
  Participant recipient(Participant from, Inbound.Message message, ChannelFacts facts)
      throws RefusedException {
    if (from.equals(Participant.MASTER)) {
      return viewerOf(message, facts);
    }
    requireNoOtherViewer(from, message);
    return Participant.MASTER;
  }

  private static Participant viewerOf(Inbound.Message message, ChannelFacts facts)
      throws RefusedException {
    if (!message.recipient().isEmpty()) {
      return new Participant.Viewer(ClientId.parse(message.recipient()));
    }
    if (facts.storageEnabled()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "the storage session makes the offers of a channel with media storage; call"
              + " JoinStorageSession and answer its SDP_OFFER");
    }
    throw new RefusedException(
        Reason.INVALID_ARGUMENT,
        "recipientClientId is required: a master has to name the viewer whom its "
            + message.type()
            + " is for; if the storage session is meant, enable media storage of the channel with"
            + " UpdateMediaStorageConfiguration first");
  }

  /**
   * The page says both that a viewer's recipient is ignored and that a message from one viewer to
   * another is not honored. Here the latter is one that names a viewer who is connected (assumed).
   */
  private void requireNoOtherViewer(Participant from, Inbound.Message message)
      throws RefusedException {
    if (message.recipient().isEmpty()) {
      return;
    }
    Participant named = new Participant.Viewer(ClientId.parse(message.recipient()));
    if (!named.equals(from) && roster.isConnected(named)) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "a viewer can send to the master only, but recipientClientId names the "
              + named
              + "; leave it out");
    }
  }
}
