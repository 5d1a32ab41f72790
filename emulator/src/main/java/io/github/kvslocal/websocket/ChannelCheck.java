package io.github.kvslocal.websocket;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.RefusedException;

/** Whether a channel exists, as the upgrade asks. */
@FunctionalInterface
public interface ChannelCheck {
  /** Returns if it does; called on the loop of the requests. */
  void requireChannel(ChannelArn channel) throws RefusedException;
}
