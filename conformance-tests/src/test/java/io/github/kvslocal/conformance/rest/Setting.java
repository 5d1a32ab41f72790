package io.github.kvslocal.conformance.rest;

import java.util.List;

/** How the emulator is started for a row. */
public enum Setting {
  /** As it comes. */
  PLAIN,
  /** It permits nothing. */
  DENYING,
  /** It has the documented rates. */
  THROTTLING,
  /** It verifies signatures, and knows these two keys only. */
  STRICT;

  static final String STRICT_KEY = "111122223333";
  static final String STRICT_SESSION_KEY = "444455556666";
  static final String STRICT_SECRET = "right/secret+of=forty";
  static final String STRICT_TOKEN = "right-token";

  /** The options of the command line. */
  List<String> options() {
    return switch (this) {
      case PLAIN -> List.of();
      case DENYING -> List.of("--deny", "*");
      case THROTTLING -> List.of("--quotas", "documented");
      case STRICT ->
          List.of(
              "--require-signatures",
              "--credentials",
              STRICT_KEY + ":" + STRICT_SECRET,
              "--credentials",
              STRICT_SESSION_KEY + ":" + STRICT_SECRET + ":" + STRICT_TOKEN);
    };
  }
}
