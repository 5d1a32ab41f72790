package io.github.kvslocal.sdp;

/**
 * An {@code a=} line (RFC 8866 section 5.13).
 *
 * @param value what follows the colon; empty for a property attribute such as {@code a=sendonly}
 */
public record Attribute(String name, String value) {
  /** A property attribute. */
  static Attribute property(String name) {
    return new Attribute(name, "");
  }
}
