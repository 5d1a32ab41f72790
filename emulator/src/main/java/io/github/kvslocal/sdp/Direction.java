package io.github.kvslocal.sdp;

import java.util.Locale;
import java.util.Optional;

/** Which way media flows, seen from the describing side (RFC 8866 section 6.7). */
public enum Direction {
  SENDRECV,
  SENDONLY,
  RECVONLY,
  INACTIVE;

  /** The attribute's name. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the describing side sends. */
  boolean sends() {
    return this == SENDRECV || this == SENDONLY;
  }

  /** Whether the describing side receives. */
  boolean receives() {
    return this == SENDRECV || this == RECVONLY;
  }

  static Optional<Direction> of(String attribute) {
    for (Direction direction : values()) {
      if (direction.attribute().equals(attribute)) {
        return Optional.of(direction);
      }
    }
    return Optional.empty();
  }
}
