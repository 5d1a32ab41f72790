package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.SignalingChannel;
import io.github.kvslocal.signaling.ChannelFacts;
import java.time.Duration;

/**
 * What the registry says of a channel, as signaling needs it. On the loop of the requests, which
 * owns the registry.
 */
public final class ChannelDirectory {
  private final Registry registry;

  public ChannelDirectory(Registry registry) {
    this.registry = registry;
  }

  /** The facts of this moment; refuses if there is no such channel. */
  public ChannelFacts facts(ChannelArn arn) throws RefusedException {
    SignalingChannel channel = registry.channel(arn);
    return new ChannelFacts(
        registry.mappedStream(arn).isPresent(), Duration.ofSeconds(channel.messageTtlSeconds()));
  }
}
