package io.github.kvslocal.conformance.evidence;

import java.util.Locale;

/**
 * How it is known that AWS does so.
 *
 * @param source the page, the report or the reasoning, in a few words
 */
public record Evidence(Label label, String source) {
  /** How sure it is. */
  public enum Label {
    /** AWS's documentation or service models say so, or a standard that they rely on. */
    DOCUMENTED,
    /** Real clients or the real service were seen to do so. */
    OBSERVED,
    /** Nobody has published it; this is what the emulator decided. */
    ASSUMED
  }

  /** AWS's documentation or service models say so, or a standard that they rely on. */
  public static Evidence documented(String source) {
    return new Evidence(Label.DOCUMENTED, source);
  }

  /** Real clients or the real service were seen to do so. */
  public static Evidence observed(String source) {
    return new Evidence(Label.OBSERVED, source);
  }

  /** Nobody has published it; this is what the emulator decided. */
  public static Evidence assumed(String source) {
    return new Evidence(Label.ASSUMED, source);
  }

  /** Such as {@code documented: API_CreateStream}. */
  @Override
  public String toString() {
    return label.name().toLowerCase(Locale.ROOT) + ": " + source;
  }
}
