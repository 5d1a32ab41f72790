package io.github.kvslocal.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The channel or stream that a request is about, before anybody knows whether there is one.
 *
 * @param kind {@code channel} or {@code stream}; empty if there is none
 * @param arn {@code *} if there is none, and with {@code *} for its time if only a name is known
 * @param name empty if there is none
 */
public record Target(String kind, String arn, String name) {
  /** Of requests that are about no channel and no stream, such as of lists. */
  public static final Target NONE = new Target("", "*", "");

  private static final Pattern ARN =
      Pattern.compile(
          "arn:[a-z-]{1,30}:kinesisvideo:[a-z0-9-]{1,64}:[0-9]{1,12}"
              + ":(channel|stream)/([a-zA-Z0-9_.-]{1,256})/[0-9]{1,18}");

  /** The one of this ARN; {@link #NONE} if it is no ARN of a channel or a stream. */
  public static Target ofArn(String text) {
    Matcher arn = ARN.matcher(text);
    return arn.matches() ? new Target(arn.group(1), text, arn.group(2)) : NONE;
  }

  /** The channel of this name. */
  public static Target channel(String name, Caller caller) {
    return named("channel", name, caller);
  }

  /** The stream of this name. */
  public static Target stream(String name, Caller caller) {
    return named("stream", name, caller);
  }

  private static Target named(String kind, String name, Caller caller) {
    String arn =
        "arn:aws:kinesisvideo:%s:%s:%s/%s/*"
            .formatted(caller.region(), caller.account(), kind, name);
    return new Target(kind, arn, name);
  }

  /** What is the same whether it was called by its name or by its ARN. */
  String withoutTime() {
    return arn.substring(0, arn.lastIndexOf('/') + 1);
  }
}
