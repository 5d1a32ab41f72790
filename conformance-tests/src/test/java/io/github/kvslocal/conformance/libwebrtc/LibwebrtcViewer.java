package io.github.kvslocal.conformance.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCDtlsTransport;
import dev.onvoid.webrtc.RTCDtlsTransportState;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpReceiver;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.video.VideoTrack;
import io.github.kvslocal.conformance.signaling.SignalingSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelRole;

/** A viewer of a storage session in Java, with libwebrtc; it listens and says nothing. */
public final class LibwebrtcViewer implements AutoCloseable {
  private static final long POLL_MILLIS = 5;

  private final AudioDeviceModule devices = new AudioDeviceModule(AudioLayer.kDummyAudio);
  private final PeerConnectionFactory factory = new PeerConnectionFactory(devices);
  private final AnsweringConnection answering = new AnsweringConnection(factory);

  private final SeenPictures pictures = new SeenPictures();

  private LibwebrtcViewer() {}

  /**
   * Opens a socket, joins the channel's storage session with JoinStorageSessionAsViewer and returns
   * once the connection is up.
   *
   * @throws
   *     software.amazon.awssdk.services.kinesisvideowebrtcstorage.model.ClientLimitExceededException
   *     if there is no seat
   * @throws IllegalStateException if the connection takes longer than 20 seconds
   */
  public static LibwebrtcViewer connect(
      URI endpoint, String channel, String clientId, SSLContext tls) {
    LibwebrtcViewer viewer = new LibwebrtcViewer();
    try (ControlPlane control = new ControlPlane(endpoint)) {
      ControlPlane.Rendezvous rendezvous = control.rendezvous(channel, ChannelRole.VIEWER);
      viewer.answering.over(
          SignalingSocket.openAsViewer(
              rendezvous.signaling(),
              rendezvous.channelArn(),
              clientId,
              ControlPlane.ACCESS_KEY,
              tls,
              viewer.answering::received));
      control.joinAsViewer(rendezvous, clientId);
      viewer.answering.awaitConnected();
      viewer.look();
      return viewer;
    } catch (RuntimeException e) {
      viewer.close();
      throw e;
    }
  }

  /** What it has seen since its connection was up. */
  public SeenPictures pictures() {
    return pictures;
  }

  /**
   * A figure of what it receives, as W3C's webrtc-stats call it; -1 if there is none.
   *
   * @param kind {@code audio} or {@code video}
   */
  public long inbound(String kind, String figure) {
    CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
    answering.connection().getStats(report::complete);
    return report.orTimeout(5, TimeUnit.SECONDS).join().getStats().values().stream()
        .filter(each -> each.getType() == RTCStatsType.INBOUND_RTP)
        .map(RTCStats::getAttributes)
        .filter(each -> kind.equals(each.get("kind")))
        .mapToLong(each -> ((Number) each.getOrDefault(figure, -1)).longValue())
        .findFirst()
        .orElse(-1);
  }

  /**
   * A figure of its connection, as W3C's webrtc-stats call it: the largest of all its statistics of
   * this type and kind; -1 if there is none.
   *
   * @param kind {@code audio} or {@code video}; empty where it makes no difference
   */
  public double figure(RTCStatsType type, String kind, String name) {
    return answering.figure(type, kind, name);
  }

  private void look() {
    pictures.begin();
    for (RTCRtpReceiver receiver : answering.connection().getReceivers()) {
      if (receiver.getTrack() instanceof VideoTrack video) {
        video.addSink(pictures);
      }
    }
  }

  /** How long from now until its DTLS transport is closed; empty if longer than that. */
  public Optional<Duration> untilDtlsIsClosed(Duration most) {
    RTCDtlsTransport transport = answering.connection().getReceivers()[0].getTransport();
    return until(() -> transport.getState() == RTCDtlsTransportState.CLOSED, most);
  }

  /** How long from now until it is not connected any more; empty if longer than that. */
  public Optional<Duration> untilNotConnected(Duration most) {
    return until(
        () -> answering.connection().getConnectionState() != RTCPeerConnectionState.CONNECTED,
        most);
  }

  private static Optional<Duration> until(BooleanSupplier happened, Duration most) {
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start <= most.toNanos()) {
        if (happened.getAsBoolean()) {
          return Optional.of(Duration.ofNanos(System.nanoTime() - start));
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while watching a viewer", e);
    }
  }

  /** Leaves, and says so. */
  @Override
  public void close() {
    answering.closeConnection();
    factory.dispose();
    devices.dispose();
    answering.close();
  }
}
