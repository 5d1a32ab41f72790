package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.SignalingConnection;

/**
 * The storage sessions of all channels, as the HTTP and WebSocket edges see them. Any thread may
 * call it; no method blocks.
 */
public interface StorageService {
  /**
   * Accepts a join and sends an offer over the participant's signaling socket, later
   * (JoinStorageSession, JoinStorageSessionAsViewer).
   */
  void join(ChannelArn channel, Participant participant) throws RefusedException;

  /** A participant's socket has opened; the newest of a participant wins. */
  void signalingOpened(ChannelArn channel, Participant participant, SignalingConnection connection);

  /** A message arrived on an open socket. */
  void signalingReceived(
      ChannelArn channel, Participant participant, SignalingConnection connection, Inbound message);

  /** A socket has closed; media goes on. */
  void signalingClosed(ChannelArn channel, Participant participant, SignalingConnection connection);
}
