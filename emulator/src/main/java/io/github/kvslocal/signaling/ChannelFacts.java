package io.github.kvslocal.signaling;

import java.time.Duration;

/**
 * What the control plane says of a channel at the moment of an event.
 *
 * @param storageEnabled whether its media goes to a stream (UpdateMediaStorageConfiguration)
 * @param messageTtl how long an undelivered message waits (CreateSignalingChannel,
 *     MessageTtlSeconds), 5 s to 120 s
 */
public record ChannelFacts(boolean storageEnabled, Duration messageTtl) {
  /** CreateSignalingChannel API page: 60 s unless told otherwise. */
  public static final ChannelFacts DEFAULT = new ChannelFacts(false, Duration.ofSeconds(60));
}
