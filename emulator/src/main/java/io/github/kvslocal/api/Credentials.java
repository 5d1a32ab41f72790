package io.github.kvslocal.api;

import java.util.regex.Pattern;

/**
 * Credentials that signatures are verified with.
 *
 * @param token the session token of temporary credentials; empty for lasting ones
 */
public record Credentials(AccessKey key, String secret, String token) {
  private static final Pattern SECRET = Pattern.compile("[!-~]{1,256}");
  private static final Pattern TOKEN = Pattern.compile("[!-~]{0,8192}");

  public Credentials {
    if (!SECRET.matcher(secret).matches() || !TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "the secret and the token of credentials are printable ASCII without spaces, unlike"
              + " those of "
              + key);
    }
  }

  /**
   * Reads {@code ID:SECRET} or {@code ID:SECRET:TOKEN}.
   *
   * @throws IllegalArgumentException if it is neither, with a text that shows no secret
   */
  public static Credentials parse(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length < 2) {
      throw new IllegalArgumentException(
          "credentials are ID:SECRET or ID:SECRET:TOKEN; what was given ("
              + text.length()
              + " characters) has no colon");
    }
    return new Credentials(new AccessKey(parts[0]), parts[1], parts.length == 3 ? parts[2] : "");
  }

  /** Without what nobody may read in a log. */
  @Override
  public String toString() {
    return "Credentials[" + key + "]";
  }
}
