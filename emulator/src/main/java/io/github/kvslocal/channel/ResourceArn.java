package io.github.kvslocal.channel;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the names of channels and streams have in common. */
record ResourceArn(
    String partition,
    String region,
    String account,
    String kind,
    String name,
    long createdAtMillis) {
  private static final int MOST_CHARACTERS = 1024;
  private static final Pattern PATTERN =
      Pattern.compile(
          "arn:(aws[a-zA-Z-]*):kinesisvideo:([a-z0-9-]+):([0-9]{1,12})"
              + ":([a-z]+)/([a-zA-Z0-9_.-]{1,256})/([0-9]{1,18})");

  /** Reads a foreign ARN, which has to be of this kind. */
  static ResourceArn parse(String kind, String text) throws RefusedException {
    Matcher match = PATTERN.matcher(text);
    if (text.length() > MOST_CHARACTERS || !match.matches() || !match.group(4).equals(kind)) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "Expected an ARN of the form arn:aws:kinesisvideo:<region>:<account>:"
              + kind
              + "/<name>/<creation time>, but got "
              + text.substring(0, Math.min(text.length(), 200))
              + ".");
    }
    return new ResourceArn(
        match.group(1),
        match.group(2),
        match.group(3),
        kind,
        match.group(5),
        Long.parseLong(match.group(6)));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "arn:%s:kinesisvideo:%s:%s:%s/%s/%d",
        partition,
        region,
        account,
        kind,
        name,
        createdAtMillis);
  }
}
