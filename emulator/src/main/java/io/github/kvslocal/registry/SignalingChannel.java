package io.github.kvslocal.registry;

import io.github.kvslocal.channel.ChannelArn;
import java.time.Instant;

/**
 * A channel as DescribeSignalingChannel shows it; its status is always ACTIVE.
 *
 * @param messageTtlSeconds how long an undelivered message waits, 5 to 120
 * @param version changes with each update; {@code [a-zA-Z0-9]{1,64}}
 */
public record SignalingChannel(
    ChannelArn arn, ChannelType type, int messageTtlSeconds, String version, Tags tags)
    implements Resource<ChannelArn> {

  /** When it was created, to the millisecond; the ARN says the same. */
  public Instant createdAt() {
    return Instant.ofEpochMilli(arn.createdAtMillis());
  }

  SignalingChannel with(Tags others) {
    return new SignalingChannel(arn, type, messageTtlSeconds, version, others);
  }
}
