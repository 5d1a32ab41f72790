package io.github.kvslocal.sdp;

import java.util.Locale;
import java.util.Optional;

/** Who begins the DTLS handshake (RFC 8842 section 5.1): the active side does. */
public enum Setup {
  ACTPASS,
  ACTIVE,
  PASSIVE;

  /** The attribute's value. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Setup> of(String value) {
    for (Setup setup : values()) {
      if (setup.attribute().equals(value)) {
        return Optional.of(setup);
      }
    }
    return Optional.empty();
  }
}
