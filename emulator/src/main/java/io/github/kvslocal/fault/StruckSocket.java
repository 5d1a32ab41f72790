package io.github.kvslocal.fault;

import java.time.Duration;

/** A signaling socket that a fault strikes. */
public interface StruckSocket {
  /**
   * Ends it.
   *
   * @param code of its close frame, 0 to cut the connection without one
   */
  void drop(int code);

  /**
   * Sends GO_AWAY, and closes it later.
   *
   * @param grace from the one to the other
   */
  void goAway(Duration grace);

  /** Sends RECONNECT_ICE_SERVER. */
  void reconnectIceServer();
}
