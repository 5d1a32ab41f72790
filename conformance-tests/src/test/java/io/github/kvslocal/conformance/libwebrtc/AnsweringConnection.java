package io.github.kvslocal.conformance.libwebrtc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceConnectionState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import io.github.kvslocal.conformance.signaling.SignalingMessage;
import io.github.kvslocal.conformance.signaling.SignalingSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A connection of libwebrtc that answers the storage session's offer over a signaling socket. */
final class AnsweringConnection implements AutoCloseable {
  private static final long SECONDS_TO_CONNECT = 20;
  private static final long POLL_MILLIS = 5;

  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<SignalingSocket> socket = new CompletableFuture<>();

  // libwebrtc's own thread must not wait for a socket.
  private final ExecutorService negotiation = Executors.newSingleThreadExecutor();
  private final RTCPeerConnection connection;

  /** What happened and when, for whoever has to find out why it did not connect. */
  private final List<String> story = Collections.synchronizedList(new ArrayList<>());

  private final long begun = System.nanoTime();

  AnsweringConnection(PeerConnectionFactory factory) {
    connection = factory.createPeerConnection(new RTCConfiguration(), new Observer());
  }

  RTCPeerConnection connection() {
    return connection;
  }

  /** Says what it has to say over this socket, whose messages {@link #received} is told. */
  void over(SignalingSocket open) {
    socket.complete(open);
  }

  /**
   * Waits until the connection is up.
   *
   * @throws IllegalStateException if that takes longer than 20 seconds or fails; it tells what
   *     happened until then
   */
  void awaitConnected() {
    try {
      connected.orTimeout(SECONDS_TO_CONNECT, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new IllegalStateException("not connected: " + story(), e);
    }
  }

  /**
   * How long from now until the connection is in this state; empty if longer than that. A state
   * that has passed is not seen.
   */
  Optional<Duration> until(RTCPeerConnectionState state, Duration most) {
    long start = System.nanoTime();
    try {
      while (connection.getConnectionState() != state) {
        if (System.nanoTime() - start > most.toNanos()) {
          return Optional.empty();
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      return Optional.of(Duration.ofNanos(System.nanoTime() - start));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while watching a connection", e);
    }
  }

  /**
   * A figure of the connection, as W3C's webrtc-stats call it: the largest of all its statistics of
   * this type and kind; -1 if there is none.
   *
   * @param kind {@code audio} or {@code video}; empty where it makes no difference
   */
  double figure(RTCStatsType type, String kind, String name) {
    CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
    connection.getStats(report::complete);
    return report.orTimeout(5, TimeUnit.SECONDS).join().getStats().values().stream()
        .filter(each -> each.getType() == type)
        .map(RTCStats::getAttributes)
        .filter(each -> kind.isEmpty() || kind.equals(each.get("kind")))
        .mapToDouble(each -> each.get(name) instanceof Number figure ? figure.doubleValue() : -1)
        .max()
        .orElse(-1);
  }

  String story() {
    return List.copyOf(story).toString();
  }

  private void tell(String what) {
    story.add("%d ms: %s".formatted((System.nanoTime() - begun) / 1_000_000, what));
  }

  /** Takes a message of the storage session: answers its offer, takes its candidates. */
  void received(SignalingMessage message) {
    JsonNode payload = message.payload();
    tell("received " + message.type() + " " + payload.path("candidate").asText(""));
    switch (message.type()) {
      case "SDP_OFFER" -> answer(payload.path("sdp").asText());
      case "ICE_CANDIDATE" ->
          connection.addIceCandidate(
              new RTCIceCandidate(
                  payload.path("sdpMid").asText(""),
                  payload.path("sdpMLineIndex").asInt(),
                  payload.path("candidate").asText()));
      case "STATUS_RESPONSE" ->
          connected.completeExceptionally(new IllegalStateException("refused: " + payload));
      default ->
          connected.completeExceptionally(new IllegalStateException("unexpected " + message));
    }
  }

  /** Ends the connection, and says so; the socket stays. */
  void closeConnection() {
    connection.close();
  }

  /** Closes the socket; the connection has been closed. */
  @Override
  public void close() {
    negotiation.shutdown();
    if (socket.isDone()) {
      socket.join().close();
    }
  }

  private void answer(String offer) {
    connection.setRemoteDescription(
        new RTCSessionDescription(RTCSdpType.OFFER, offer),
        new Step(() -> connection.createAnswer(new RTCAnswerOptions(), new AnswerMade())));
  }

  private void send(String answer) {
    socket.join().sendAnswer(answer);
    tell("sent the answer");
  }

  private void negotiate(Runnable step) {
    negotiation.execute(
        () -> {
          try {
            step.run();
          } catch (RuntimeException e) {
            connected.completeExceptionally(e);
          }
        });
  }

  /** What libwebrtc reports by itself. */
  private final class Observer implements PeerConnectionObserver {
    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
      tell("gathered " + candidate.sdp);
      negotiate(
          () ->
              socket
                  .join()
                  .sendCandidate(candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex));
    }

    @Override
    public void onIceConnectionChange(RTCIceConnectionState state) {
      tell("ICE is " + state);
    }

    @Override
    public void onConnectionChange(RTCPeerConnectionState state) {
      tell("the connection is " + state);
      if (state == RTCPeerConnectionState.CONNECTED) {
        connected.complete(null);
      }
    }
  }

  /** The answer that libwebrtc wrote goes into force, then to the service. */
  private final class AnswerMade implements CreateSessionDescriptionObserver {
    @Override
    public void onSuccess(RTCSessionDescription answer) {
      connection.setLocalDescription(answer, new Step(() -> send(answer.sdp)));
    }

    @Override
    public void onFailure(String complaint) {
      connected.completeExceptionally(new IllegalStateException(complaint));
    }
  }

  /** One step of the negotiation; whatever fails in it fails the connection. */
  private final class Step implements SetSessionDescriptionObserver {
    private final Runnable next;

    Step(Runnable next) {
      this.next = next;
    }

    @Override
    public void onSuccess() {
      negotiate(next);
    }

    @Override
    public void onFailure(String complaint) {
      connected.completeExceptionally(new IllegalStateException(complaint));
    }
  }
}
