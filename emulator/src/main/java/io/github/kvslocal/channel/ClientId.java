package io.github.kvslocal.channel;

import java.util.regex.Pattern;

/**
 * The name under which a viewer connects (ConnectAsViewer API page, X-Amz-ClientId): 1 to 256 of
 * {@code [a-zA-Z0-9_.-]}.
 */
public record ClientId(String value) {
  private static final Pattern PATTERN = Pattern.compile("[a-zA-Z0-9_.-]{1,256}");

  public ClientId {
    if (!PATTERN.matcher(value).matches()) {
      throw new IllegalArgumentException("not a client id: " + value);
    }
  }

  /** Reads a foreign client id. */
  public static ClientId parse(String text) throws RefusedException {
    if (!PATTERN.matcher(text).matches()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The client id must be 1 to 256 characters of [a-zA-Z0-9_.-], but has "
              + text.length()
              + " characters or others among them.");
    }
    return new ClientId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
