package io.github.kvslocal.runtime;

import io.github.kvslocal.api.Caller;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Owner;
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

  /** The facts of this moment; refuses if there is no such channel, or it is somebody else's. */
  public ChannelFacts facts(Owner asking, ChannelArn arn) throws RefusedException {
    SignalingChannel channel = registry.channel(asking, arn);
    return new ChannelFacts(
        registry.mappedStream(arn).isPresent(), Duration.ofSeconds(channel.messageTtlSeconds()));
  }

  /** The same for whom a request stands for. */
  public ChannelFacts facts(Caller asking, ChannelArn arn) throws RefusedException {
    return facts(new Owner(asking.account(), asking.region()), arn);
  }
}
