package io.github.kvslocal.signaling;

/** What a client can say to another one, or to the storage session. */
public enum MessageType {
  SDP_OFFER,
  SDP_ANSWER,
  ICE_CANDIDATE
}
