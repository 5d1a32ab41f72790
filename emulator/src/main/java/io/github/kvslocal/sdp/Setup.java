package io.github.kvslocal.sdp;

import java.util.Locale;

/** Who begins the DTLS handshake (RFC 8842 section 5.1): the active side does. */
public enum Setup {
  ACTPASS,
  ACTIVE,
  PASSIVE;

  /** The attribute's value. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}
