package io.github.kvslocal.signaling;

/** One open socket of a participant. Any thread may call it; no method blocks. */
public interface SignalingConnection {
  /** Stands for a connection that is cut without a close frame. */
  int WITHOUT_CODE = 0;

  /** Queues a message; a connection that is closed drops it. */
  void send(Outbound message);

  /** Sends a ping frame (RFC 6455 section 5.5.2). */
  void ping();

  /** Closes the socket. */
  void close(CloseCode code, String reason);

  /**
   * With which code it was closed, by whomever (RFC 6455 section 7.4): 1005 if its client named
   * none, 1006 if it is gone without a word, 0 while it is open or where nobody knows.
   */
  default int closeCode() {
    return 0;
  }

  /**
   * Ends the socket as a service in trouble would.
   *
   * @param code of the close frame, or {@link #WITHOUT_CODE}
   */
  void drop(int code, String reason);
}
