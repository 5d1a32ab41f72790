package io.github.kvslocal.conformance.rest;

import java.util.Locale;

/**
 * How it is known that AWS does so.
 *
 * @param source the page, the report or the reasoning, in a few words
 */
public record Evidence(Label label, String source) {
  /** How sure it is. */
  public enum Label {
    /** AWS's documentation or its service models say so. */
    DOCUMENTED,
    /** Real clients or the real service were seen to do so. */
    OBSERVED,
    /** Nobody has published it. */
    ASSUMED
  }

  /** Such as {@code documented: API_CreateStream}. */
  @Override
  public String toString() {
    return label.name().toLowerCase(Locale.ROOT) + ": " + source;
  }
}
