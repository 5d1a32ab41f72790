package io.github.kvslocal.sdp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hash of a certificate (RFC 8122 section 5).
 *
 * @param hashFunction in lower case, such as {@code sha-256}
 * @param value bytes in upper-case hexadecimal, separated by colons
 */
public record Fingerprint(String hashFunction, String value) {
  private static final Pattern PATTERN =
      Pattern.compile("([A-Za-z0-9-]{1,20}) +([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){0,63})");

  public Fingerprint {
    hashFunction = hashFunction.toLowerCase(Locale.ROOT);
    value = value.toUpperCase(Locale.ROOT);
  }

  /** Reads the attribute's value; nothing if it is no fingerprint. */
  public static Optional<Fingerprint> parse(String text) {
    Matcher match = PATTERN.matcher(text.trim());
    return match.matches()
        ? Optional.of(new Fingerprint(match.group(1), match.group(2)))
        : Optional.empty();
  }

  /** The attribute's value, {@code sha-256 AB:CD:…}. */
  @Override
  public String toString() {
    return hashFunction + " " + value;
  }
}
