package io.github.kvslocal;

import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.runtime.SessionView;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes down what the edges say; to whoever connects it says one offer. */
final class RecordingStorage implements StorageService {
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private volatile CompletableFuture<Void> admission = CompletableFuture.completedFuture(null);

  /** The next thing that was said, or the empty text after some seconds. */
  String next() throws InterruptedException {
    String event = events.poll(10, TimeUnit.SECONDS);
    return event == null ? "" : event;
  }

  @Override
  public CompletionStage<Void> join(
      ChannelArn channel, StreamArn stream, Participant participant, ChannelFacts facts) {
    if (channel.name().equals("bug")) {
      throw new IllegalStateException("a bug on purpose");
    }
    events.add("join " + channel.name() + " " + participant);
    return CompletableFuture.completedFuture(null);
  }

  /** Has every upgrade from now on wait for this. */
  void admitWhen(CompletableFuture<Void> decided) {
    admission = decided;
  }

  @Override
  public CompletionStage<Void> admit(ChannelArn channel, Participant participant) {
    if (!admission.isDone()) {
      events.add("asked " + channel.name() + " " + participant);
    }
    return admission;
  }

  @Override
  public void withdraw(ChannelArn channel, Participant participant) {
    events.add("withdrawn " + channel.name() + " " + participant);
  }

  @Override
  public void signalingOpened(
      ChannelArn channel,
      Participant participant,
      SignalingConnection connection,
      ChannelFacts facts) {
    events.add("opened " + channel.name() + " " + participant);
    connection.send(new Outbound.SdpOffer("v=0"));
  }

  @Override
  public void signalingReceived(
      ChannelArn channel, SignalingConnection connection, Inbound message, ChannelFacts facts) {
    events.add("received " + message);
    if (message instanceof Inbound.Unreadable unreadable && !message.correlationId().isEmpty()) {
      connection.send(
          new Outbound.StatusResponse(
              message.correlationId(), Reason.INVALID_ARGUMENT, unreadable.complaint()));
    }
    if (message.correlationId().equals("bye")) {
      connection.close(CloseCode.GOING_AWAY, "as asked");
    }
  }

  @Override
  public void signalingActive(ChannelArn channel, SignalingConnection connection) {
    events.add("active " + channel.name());
  }

  @Override
  public void signalingClosed(ChannelArn channel, SignalingConnection connection) {
    events.add("closed " + channel.name());
  }

  @Override
  public CompletableFuture<String> alexaOffer(
      ChannelArn channel, ClientId sender, String payload, ChannelFacts facts) {
    events.add("alexa " + channel.name() + " " + sender + " " + payload);
    return CompletableFuture.completedFuture("YW5zd2Vy");
  }

  @Override
  public void channelDeleted(ChannelArn channel) {
    events.add("deleted " + channel.name());
  }

  @Override
  public void storageEnded(ChannelArn channel, String why) {
    events.add("storage-ended " + channel.name() + ": " + why);
  }

  @Override
  public CompletionStage<List<SessionView>> views() {
    return CompletableFuture.completedFuture(List.of());
  }
}
