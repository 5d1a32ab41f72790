package io.github.kvslocal.runtime;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The storage sessions of all channels, as the HTTP and WebSocket edges see them. Any thread may
 * call it; no method blocks.
 */
public interface StorageService {
  /**
   * Decides on a join; when it is accepted, an offer follows over the participant's signaling
   * socket (JoinStorageSession, JoinStorageSessionAsViewer). A declined join completes with a
   * {@link RefusedException}.
   */
  CompletionStage<Void> join(
      ChannelArn channel, StreamArn stream, Participant participant, ChannelFacts facts);

  /**
   * Decides on the upgrade to a signaling socket, and keeps a place for it. A declined one
   * completes with a {@link RefusedException}.
   */
  CompletionStage<Void> admit(ChannelArn channel, Participant participant);

  /** An upgrade that was admitted has failed: the place that was kept for it is free. */
  void withdraw(ChannelArn channel, Participant participant);

  /** A participant's socket has opened; the newest of a participant wins. */
  void signalingOpened(
      ChannelArn channel,
      Participant participant,
      SignalingConnection connection,
      ChannelFacts facts);

  /** A message arrived on an open socket; one that sends faster than is read is closed. */
  void signalingReceived(
      ChannelArn channel, SignalingConnection connection, Inbound message, ChannelFacts facts);

  /** A frame without a message, a ping or a pong, arrived on an open socket. */
  void signalingActive(ChannelArn channel, SignalingConnection connection);

  /** A socket has closed; media goes on. */
  void signalingClosed(ChannelArn channel, SignalingConnection connection);

  /**
   * Brings an offer to the master and waits for its answer (SendAlexaOfferToMaster). Completes with
   * the answer's payload in base64, or with a {@link RefusedException}; cancelling it takes the
   * offer back as far as it can be.
   *
   * @param payload base64
   */
  CompletableFuture<String> alexaOffer(
      ChannelArn channel, ClientId sender, String payload, ChannelFacts facts);

  /** A channel is no more: its sockets are closed and its storage session ends. */
  void channelDeleted(ChannelArn channel);

  /** The storage sessions that somebody is in, by the names of their channels. */
  CompletionStage<List<SessionView>> views();

  /** A channel is recorded no longer: its storage session ends, its sockets stay. */
  void storageEnded(ChannelArn channel, String why);
}
