package io.github.kvslocal.http;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.runtime.SessionView;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes down what changes of the registry mean for sessions, of which there are none. */
final class RecordingSessions implements StorageService {
  private final List<String> told = new ArrayList<>();

  List<String> told() {
    return told;
  }

  @Override
  public void channelDeleted(ChannelArn channel) {
    told.add(channel.name() + " was deleted");
  }

  @Override
  public void storageEnded(ChannelArn channel, String why) {
    told.add("storage of " + channel.name() + " ended: " + why);
  }

  @Override
  public CompletionStage<Void> join(
      ChannelArn channel, StreamArn stream, Participant participant, ChannelFacts facts) {
    throw new AssertionError("nobody joins");
  }

  @Override
  public CompletionStage<Void> admit(ChannelArn channel, Participant participant) {
    throw new AssertionError("nobody connects");
  }

  @Override
  public void withdraw(ChannelArn channel, Participant participant) {
    throw new AssertionError("nobody connects");
  }

  @Override
  public void signalingOpened(
      ChannelArn channel,
      Participant participant,
      SignalingConnection connection,
      ChannelFacts facts) {
    throw new AssertionError("nobody connects");
  }

  @Override
  public void signalingReceived(
      ChannelArn channel, SignalingConnection connection, Inbound message, ChannelFacts facts) {
    throw new AssertionError("nobody is connected");
  }

  @Override
  public void signalingActive(ChannelArn channel, SignalingConnection connection) {
    throw new AssertionError("nobody is connected");
  }

  @Override
  public void signalingClosed(ChannelArn channel, SignalingConnection connection) {
    throw new AssertionError("nobody is connected");
  }

  @Override
  public CompletableFuture<String> alexaOffer(
      ChannelArn channel, ClientId sender, String payload, ChannelFacts facts) {
    throw new AssertionError("nobody offers");
  }

  @Override
  public CompletionStage<List<SessionView>> views() {
    return CompletableFuture.completedFuture(List.of());
  }
}
