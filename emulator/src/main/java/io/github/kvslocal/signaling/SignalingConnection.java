package io.github.kvslocal.signaling;

/** One open socket of a participant. Any thread may call it; no method blocks. */
public interface SignalingConnection {
  /** Queues a message; a connection that is closed drops it. */
  void send(Outbound message);

  /** Sends a ping frame (RFC 6455 section 5.5.2). */
  void ping();

  /** Closes the socket. */
  void close(CloseCode code, String reason);
}
