package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.RegistryChange;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.concurrent.CompletionStage;

/**
 * The storage sessions of all channels, as the HTTP and WebSocket edges see them. Any thread may
 * call it; no method blocks.
 */
public interface StorageService extends RegistryChange.Listener {
  /**
   * Decides on a join; when it is accepted, an offer follows over the participant's signaling
   * socket (JoinStorageSession, JoinStorageSessionAsViewer). A declined join completes with a
   * {@link RefusedException}.
   */
  CompletionStage<Void> join(ChannelArn channel, StreamArn stream, Participant participant);

  /** A participant's socket has opened; the newest of a participant wins. */
  void signalingOpened(ChannelArn channel, Participant participant, SignalingConnection connection);

  /** A message arrived on an open socket; one that sends faster than is read is closed. */
  void signalingReceived(
      ChannelArn channel, Participant participant, SignalingConnection connection, Inbound message);

  /** A socket has closed; media goes on. */
  void signalingClosed(ChannelArn channel, Participant participant, SignalingConnection connection);

  /** A channel is no more: its sockets are closed and its storage session ends. */
  @Override
  void channelDeleted(ChannelArn channel);

  /** A channel is recorded no longer: its storage session ends, its sockets stay. */
  @Override
  void storageEnded(ChannelArn channel, String why);
}
