package io.github.kvslocal.sdp;

import java.util.Locale;

/**
 * The hash of a certificate (RFC 8122 section 5).
 *
 * @param hashFunction in lower case, such as {@code sha-256}
 * @param value bytes in upper-case hexadecimal, separated by colons
 */
public record Fingerprint(String hashFunction, String value) {
  public Fingerprint {
    hashFunction = hashFunction.toLowerCase(Locale.ROOT);
    value = value.toUpperCase(Locale.ROOT);
  }

  /** The attribute's value, {@code sha-256 AB:CD:…}. */
  @Override
  public String toString() {
    return hashFunction + " " + value;
  }
}
