package io.github.kvslocal.conformance.faults;

import io.github.kvslocal.conformance.libwebrtc.ControlPlane;
import io.github.kvslocal.conformance.signaling.SignalingMessage;
import io.github.kvslocal.conformance.signaling.SignalingSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelRole;

/** A master with the JDK's WebSocket and the AWS SDK for Java, who notes what is said to it. */
final class Participant implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Offer and candidates come together; who hears nothing for this long has heard all. */
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private final BlockingQueue<SignalingMessage> heard = new LinkedBlockingQueue<>();
  private final ControlPlane control;
  private final ControlPlane.Rendezvous rendezvous;
  private final SignalingSocket socket;

  /** Opens the socket and does not join yet. */
  Participant(FaultBench bench, String channel) {
    control = new ControlPlane(bench.endpoint());
    rendezvous = control.rendezvous(channel, ChannelRole.MASTER);
    socket =
        SignalingSocket.open(
            rendezvous.signaling(),
            rendezvous.channelArn(),
            ControlPlane.ACCESS_KEY,
            bench.tls(),
            heard::add);
  }

  /** JoinStorageSession, which is accepted. */
  Participant join() {
    control.join(rendezvous);
    return this;
  }

  /**
   * The next message.
   *
   * @throws IllegalStateException if there is none in 10 seconds
   */
  SignalingMessage next() {
    return next(PATIENCE)
        .orElseThrow(() -> new IllegalStateException("nothing was said for " + PATIENCE));
  }

  /** All messages until nothing is said for a second. */
  List<SignalingMessage> all() {
    List<SignalingMessage> all = new ArrayList<>();
    Optional<SignalingMessage> next = next(SILENCE);
    while (next.isPresent()) {
      all.add(next.get());
      next = next(SILENCE);
    }
    return all;
  }

  /** The code with which the service closes the socket. */
  CompletableFuture<Integer> closed() {
    return socket.closed();
  }

  private Optional<SignalingMessage> next(Duration patience) {
    try {
      return Optional.ofNullable(heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while listening", e);
    }
  }

  @Override
  public void close() {
    socket.close();
    control.close();
  }
}
