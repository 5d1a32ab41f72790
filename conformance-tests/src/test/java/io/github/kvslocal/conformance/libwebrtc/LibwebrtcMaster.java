package io.github.kvslocal.conformance.libwebrtc;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import io.github.kvslocal.conformance.signaling.SignalingMessage;
import io.github.kvslocal.conformance.signaling.SignalingSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * The master of a storage session in Java, with libwebrtc's own ICE, DTLS, congestion control and
 * H.264 encoder: what a device does that is no browser.
 */
public final class LibwebrtcMaster implements AutoCloseable {
  private static final long SECONDS_TO_CONNECT = 20;
  private static final Duration DRAINING = Duration.ofMillis(300);
  private static final List<String> STREAM = List.of("camera");

  // A module with devices, even a headless one, and a custom source abort the process in a race.
  private final AudioDeviceModule devices = new AudioDeviceModule(AudioLayer.kDummyAudio);
  private final PeerConnectionFactory factory = new PeerConnectionFactory(devices);
  private final SyntheticMedia media = new SyntheticMedia();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<SignalingSocket> socket = new CompletableFuture<>();

  // libwebrtc's own thread must not wait for a socket.
  private final ExecutorService negotiation = Executors.newSingleThreadExecutor();
  private final RTCPeerConnection connection;

  private LibwebrtcMaster() {
    connection = factory.createPeerConnection(new RTCConfiguration(), new Observer());
    connection.addTrack(factory.createVideoTrack("video", media.camera()), STREAM);
    connection.addTrack(factory.createAudioTrack("audio", media.microphone()), STREAM);
  }

  /** Why libwebrtc cannot be used here; empty if it can. */
  public static Optional<String> absence() {
    try {
      new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio)).dispose();
      return Optional.empty();
    } catch (LinkageError e) {
      return Optional.of("its native library does not load: " + e.getMessage());
    }
  }

  /**
   * Joins the channel's storage session and returns once the connection is up; nothing is sent yet.
   *
   * @throws java.util.concurrent.CompletionException if that takes longer than 20 seconds
   */
  public static LibwebrtcMaster connect(URI endpoint, String channel, SSLContext tls) {
    LibwebrtcMaster master = new LibwebrtcMaster();
    try (ControlPlane control = new ControlPlane(endpoint)) {
      ControlPlane.Rendezvous rendezvous = control.rendezvous(channel);
      master.socket.complete(
          SignalingSocket.open(
              rendezvous.signaling(),
              rendezvous.channelArn(),
              ControlPlane.ACCESS_KEY,
              tls,
              master::received));
      control.join(rendezvous);
      master.connected.orTimeout(SECONDS_TO_CONNECT, TimeUnit.SECONDS).join();
      return master;
    } catch (RuntimeException e) {
      master.close();
      throw e;
    }
  }

  /** Sends pictures and sound for so long, then stops and lets the network drain. */
  public void send(Duration time) {
    media.start();
    pause(time);
    media.stop();
    pause(DRAINING);
  }

  /** Pictures that libwebrtc's own statistics say it sent. */
  public long framesSent() {
    CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
    connection.getStats(report::complete);
    return report.orTimeout(5, TimeUnit.SECONDS).join().getStats().values().stream()
        .filter(each -> each.getType() == RTCStatsType.OUTBOUND_RTP)
        .map(RTCStats::getAttributes)
        .filter(each -> "video".equals(each.get("kind")))
        .mapToLong(each -> ((Number) each.getOrDefault("framesSent", 0)).longValue())
        .sum();
  }

  /** Leaves: no picture is sent any more, and the connection says so. */
  @Override
  public void close() {
    media.stop();
    connection.close();
    media.close();
    factory.dispose();
    devices.dispose();
    negotiation.shutdown();
    if (socket.isDone()) {
      socket.join().close();
    }
  }

  private void received(SignalingMessage message) {
    JsonNode payload = message.payload();
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

  private void answer(String offer) {
    connection.setRemoteDescription(
        new RTCSessionDescription(RTCSdpType.OFFER, offer),
        new Step(() -> connection.createAnswer(new RTCAnswerOptions(), new AnswerMade())));
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

  private void send(RTCSessionDescription answer) {
    SignalingSocket open = socket.join();
    open.sendAnswer(answer.sdp);
  }

  /** What libwebrtc reports by itself. */
  private final class Observer implements PeerConnectionObserver {
    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
      negotiate(
          () ->
              socket
                  .join()
                  .sendCandidate(candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex));
    }

    @Override
    public void onConnectionChange(RTCPeerConnectionState state) {
      if (state == RTCPeerConnectionState.CONNECTED) {
        connected.complete(null);
      }
    }
  }

  /** The answer that libwebrtc wrote goes into force, then to the service. */
  private final class AnswerMade implements CreateSessionDescriptionObserver {
    @Override
    public void onSuccess(RTCSessionDescription answer) {
      connection.setLocalDescription(answer, new Step(() -> send(answer)));
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

  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending", e);
    }
  }
}
