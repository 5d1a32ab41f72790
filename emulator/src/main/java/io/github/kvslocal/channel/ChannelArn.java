package io.github.kvslocal.channel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a channel, {@code arn:aws:kinesisvideo:<region>:<account>:channel/<name>/<creation
 * time in milliseconds>} (CreateSignalingChannel and CreateStream API pages, pattern of the ARN).
 *
 * @param account 12 digits
 * @param createdAtMillis since the epoch; 13 digits, since the KVS C SDK takes no other
 */
public record ChannelArn(
    String partition, String region, String account, String name, long createdAtMillis) {
  private static final Pattern PATTERN =
      Pattern.compile(
          "arn:(aws[a-zA-Z-]*):kinesisvideo:([a-z0-9-]+):([0-9]{1,12}):channel/([a-zA-Z0-9_.-]{1,256})/([0-9]{1,18})");

  /** Reads a foreign ARN of at most 1024 characters. */
  public static ChannelArn parse(String text) throws RefusedException {
    Matcher match = PATTERN.matcher(text);
    if (text.length() > 1024 || !match.matches()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "expected an ARN of the form arn:aws:kinesisvideo:<region>:<account>:channel/<name>/<creation time>,"
              + " but got "
              + text.substring(0, Math.min(text.length(), 200)));
    }
    return new ChannelArn(
        match.group(1),
        match.group(2),
        match.group(3),
        match.group(4),
        Long.parseLong(match.group(5)));
  }

  @Override
  public String toString() {
    return "arn:%s:kinesisvideo:%s:%s:channel/%s/%d"
        .formatted(partition, region, account, name, createdAtMillis);
  }
}
