package io.github.kvslocal.http;

import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.Target;
import io.github.kvslocal.channel.RefusedException;

/**
 * The members by which an operation is told the channel or stream that it is about, as its service
 * model has them. Other members name nothing, whatever they are called.
 */
enum Subject {
  /** Lists, which are about none. */
  NOTHING(Kind.CHANNEL, "", ""),
  CHANNEL(Kind.CHANNEL, "ChannelARN", "ChannelName"),
  CHANNEL_BY_ARN(Kind.CHANNEL, "ChannelARN", ""),
  CHANNEL_TO_CREATE(Kind.CHANNEL, "", "ChannelName"),
  /** Kinesis Video WebRTC Storage has members in lower camel case. */
  CHANNEL_TO_JOIN(Kind.CHANNEL, "channelArn", ""),
  /** TagResource and its siblings take channels only. */
  TAGGED_CHANNEL(Kind.CHANNEL, "ResourceARN", ""),
  STREAM(Kind.STREAM, "StreamARN", "StreamName"),
  STREAM_BY_ARN(Kind.STREAM, "StreamARN", ""),
  STREAM_TO_CREATE(Kind.STREAM, "", "StreamName");

  private static final TextRule NAME_OR_ARN = TextRule.of(1, 1024, "(?s).*");

  private final Kind kind;
  private final String arn;
  private final String name;

  private enum Kind {
    CHANNEL,
    STREAM
  }

  Subject(Kind kind, String arn, String name) {
    this.kind = kind;
    this.arn = arn;
    this.name = name;
  }

  /**
   * What a request names: by its ARN, if it is given, before its name. What is no ARN and no name
   * is {@link Target#NONE} here, and declined when the operation checks its members.
   */
  Target target(Caller caller, Members body) {
    if (!arn.isEmpty() && body.has(arn)) {
      return Target.ofArn(plain(body, arn));
    }
    String text = name.isEmpty() ? "" : plain(body, name);
    if (text.isEmpty()) {
      return Target.NONE;
    }
    return switch (kind) {
      case CHANNEL -> Target.channel(text, caller);
      case STREAM -> Target.stream(text, caller);
    };
  }

  private static String plain(Members body, String member) {
    try {
      return body.text(member, NAME_OR_ARN).orElse("");
    } catch (RefusedException e) {
      return "";
    }
  }
}
