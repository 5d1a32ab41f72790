package io.github.kvslocal.signaling;

/** One open socket of a participant. Any thread may call it; no method blocks. */
public interface SignalingConnection {
  /** Queues a message; a connection that is closed drops it. */
  void send(Outbound message);

  /** Closes the socket. */
  void close(int code, String reason);
}
