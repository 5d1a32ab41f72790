package io.github.kvslocal;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.SignalingConnection;

/** Declines every join, as long as there are no storage sessions. */
final class AbsentStorage implements StorageService {
  @Override
  public void join(ChannelArn channel, Participant participant) throws RefusedException {
    throw new RefusedException(
        Reason.NOT_BUILT_YET, "The emulator cannot hold storage sessions yet.");
  }

  @Override
  public void signalingOpened(
      ChannelArn channel, Participant participant, SignalingConnection connection) {}

  @Override
  public void signalingReceived(
      ChannelArn channel,
      Participant participant,
      SignalingConnection connection,
      Inbound message) {}

  @Override
  public void signalingClosed(
      ChannelArn channel, Participant participant, SignalingConnection connection) {}
}
