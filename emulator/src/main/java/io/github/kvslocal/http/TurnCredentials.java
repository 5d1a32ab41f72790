package io.github.kvslocal.http;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Makes the user and password of TURN servers: new ones with each call, the username beginning with
 * the second in which they expire, as the service's do. The service puts a colon and base64 after
 * it, which its own model forbids ({@code [a-zA-Z0-9_.-]{1,256}}); these obey the model.
 */
final class TurnCredentials {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int ID_LENGTH = 16;
  private static final int PASSWORD_LENGTH = 32;

  private final RandomGenerator random;

  TurnCredentials(RandomGenerator random) {
    this.random = random;
  }

  /** A name and its secret. */
  record Pair(String username, String password) {}

  Pair next(Instant expiry) {
    return new Pair(expiry.getEpochSecond() + "." + text(ID_LENGTH), text(PASSWORD_LENGTH));
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
