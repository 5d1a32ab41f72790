package io.github.kvslocal.registry;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.StreamArn;
import java.util.function.Function;

/**
 * What differs between channels and streams as members of a table.
 *
 * @param word for explanations
 * @param identity what is in an ARN
 * @param unknown the reason to refuse one that is not there
 * @param limit the reason to refuse one too many
 */
record ResourceKind<A>(String word, Function<A, Identity> identity, Reason unknown, Reason limit) {
  static final ResourceKind<ChannelArn> CHANNEL =
      new ResourceKind<>(
          "channel",
          arn ->
              new Identity(
                  new Owner(arn.account(), arn.region()), arn.name(), arn.createdAtMillis()),
          Reason.NO_SUCH_CHANNEL,
          Reason.CHANNEL_LIMIT);

  static final ResourceKind<StreamArn> STREAM =
      new ResourceKind<>(
          "stream",
          arn ->
              new Identity(
                  new Owner(arn.account(), arn.region()), arn.name(), arn.createdAtMillis()),
          Reason.NO_SUCH_STREAM,
          Reason.STREAM_LIMIT);

  /** A name of an owner, and which of all that ever had it. */
  record Identity(Owner owner, String name, long createdAtMillis) {}
}
