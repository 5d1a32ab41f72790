package io.github.kvslocal.signaling;

import java.time.Duration;

/** What clients say to the storage session, and of which channel. */
public final class Said {
  /** A channel with media storage. */
  public static final ChannelFacts RECORDED = new ChannelFacts(true, Duration.ofSeconds(60));

  private Said() {}

  public static Inbound answer(String sdp, String correlationId) {
    return message(MessageType.SDP_ANSWER, sdp, correlationId);
  }

  public static Inbound candidate(String attribute, String correlationId) {
    return message(MessageType.ICE_CANDIDATE, attribute, correlationId);
  }

  public static Inbound offer(String sdp, String correlationId) {
    return message(MessageType.SDP_OFFER, sdp, correlationId);
  }

  private static Inbound message(MessageType type, String text, String correlationId) {
    return new Inbound.Message(type, "", new PlainPayload(text), correlationId);
  }
}
