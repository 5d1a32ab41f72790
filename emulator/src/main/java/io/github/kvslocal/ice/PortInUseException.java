package io.github.kvslocal.ice;

import java.io.IOException;

/** The UDP port is taken on one of our addresses; another number may be free. */
public final class PortInUseException extends IOException {
  private final int port;

  PortInUseException(int port, String address, IOException cause) {
    super("UDP port " + port + " is in use on " + address, cause);
    this.port = port;
  }

  /** The number that was asked for. */
  public int port() {
    return port;
  }
}
