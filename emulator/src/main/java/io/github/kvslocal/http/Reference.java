package io.github.kvslocal.http;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.SignalingChannel;
import java.util.Optional;

/**
 * The channel or stream that a request names, by name or ARN. It is looked up only when all members
 * of the request have been checked.
 */
@FunctionalInterface
interface Reference<R> {
  /** What is meant, if it is the owner's. */
  R find(Registry registry, Owner owner) throws RefusedException;

  /** By {@code ChannelName} or {@code ChannelARN}. */
  static Reference<SignalingChannel> channel(Members body) throws RefusedException {
    Optional<String> name = body.name("ChannelName");
    Optional<ChannelArn> arn = body.channelArn("ChannelARN");
    if (arn.isEmpty()) {
      String asked = name.orElseThrow(() -> body.needsEither("ChannelName", "ChannelARN"));
      return (registry, owner) -> registry.channel(owner, asked);
    }
    requireSame(body, "ChannelName", name.orElse(arn.get().name()), arn.get().name());
    return (registry, owner) -> registry.channel(owner, arn.get());
  }

  /** By {@code StreamName} or {@code StreamARN}. */
  static Reference<MediaStream> stream(Members body) throws RefusedException {
    return stream(body, Reason.INVALID_ARGUMENT);
  }

  /**
   * By {@code StreamName} or {@code StreamARN}.
   *
   * @param otherKind why an ARN of something else is declined
   */
  static Reference<MediaStream> stream(Members body, Reason otherKind) throws RefusedException {
    Optional<String> name = body.name("StreamName");
    Optional<StreamArn> arn = body.streamArn("StreamARN", otherKind);
    if (arn.isEmpty()) {
      String asked = name.orElseThrow(() -> body.needsEither("StreamName", "StreamARN"));
      return (registry, owner) -> registry.stream(owner, asked);
    }
    requireSame(body, "StreamName", name.orElse(arn.get().name()), arn.get().name());
    return (registry, owner) -> registry.stream(owner, arn.get());
  }

  /** The stream that a call names, when nothing else of it is left to check. */
  static MediaStream stream(Registry registry, Call call) throws RefusedException {
    return stream(call.body()).find(registry, call.owner());
  }

  /** AWS does not say what it makes of a name and an ARN that disagree. */
  private static void requireSame(Members body, String member, String name, String nameInArn)
      throws RefusedException {
    if (!name.equals(nameInArn)) {
      throw body.value(member)
          .violates(
              "Member must be the name in the ARN, which is "
                  + nameInArn
                  + ", if both are given; one of them is enough");
    }
  }
}
