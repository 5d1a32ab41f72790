package io.github.kvslocal.peer;

/** Why a peer ended. */
public enum PeerEnd {
  /** No pair of addresses ever worked, or consent was lost later (RFC 7675). */
  ICE_FAILED,
  /** No keys: a wrong fingerprint, no common profile, an alert, a timeout. */
  DTLS_FAILED,
  /** The other side said goodbye (close_notify). */
  REMOTE_CLOSED,
  /** It was not connected in time after its offer. */
  HANDSHAKE_TIMEOUT,
  /** A newer connection of the same participant was answered. */
  REPLACED,
  /** A viewer for whom no master came in time. */
  EVICTED,
  /** The session has ended for all: its hour is over, or storage of its channel. */
  SESSION_ENDED,
  /** The emulator ends, or the client itself. */
  SHUT_DOWN
}
