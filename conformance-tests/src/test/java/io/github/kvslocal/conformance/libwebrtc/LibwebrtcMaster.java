package io.github.kvslocal.conformance.libwebrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpEncodingParameters;
import dev.onvoid.webrtc.RTCRtpSendParameters;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import io.github.kvslocal.conformance.signaling.SignalingMessage;
import io.github.kvslocal.conformance.signaling.SignalingSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.services.kinesisvideo.model.ChannelRole;

/**
 * The master of a storage session in Java, with libwebrtc's own ICE, DTLS, congestion control and
 * H.264 encoder: what a device does that is no browser.
 */
public final class LibwebrtcMaster implements AutoCloseable {
  private static final Duration DRAINING = Duration.ofMillis(300);
  private static final List<String> STREAM = List.of("camera");

  // A module with devices, even a headless one, and a custom source abort the process in a race.
  private final AudioDeviceModule devices = new AudioDeviceModule(AudioLayer.kDummyAudio);
  private final PeerConnectionFactory factory = new PeerConnectionFactory(devices);
  private final SyntheticMedia media = new SyntheticMedia();
  private final AnsweringConnection answering = new AnsweringConnection(factory);

  private LibwebrtcMaster() {
    answering.connection().addTrack(factory.createVideoTrack("video", media.camera()), STREAM);
    answering.connection().addTrack(factory.createAudioTrack("audio", media.microphone()), STREAM);
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
   * @throws IllegalStateException if that takes longer than 20 seconds
   */
  public static LibwebrtcMaster connect(URI endpoint, String channel, SSLContext tls) {
    LibwebrtcMaster master = join(endpoint, channel, tls);
    try {
      master.answering.awaitConnected();
      return master;
    } catch (RuntimeException e) {
      master.close();
      throw e;
    }
  }

  /** Joins the channel's storage session, answers its offer, and does not wait for what follows. */
  public static LibwebrtcMaster join(URI endpoint, String channel, SSLContext tls) {
    LibwebrtcMaster master = new LibwebrtcMaster();
    try (ControlPlane control = new ControlPlane(endpoint)) {
      ControlPlane.Rendezvous rendezvous = control.rendezvous(channel, ChannelRole.MASTER);
      master.answering.over(
          SignalingSocket.open(
              rendezvous.signaling(),
              rendezvous.channelArn(),
              ControlPlane.ACCESS_KEY,
              tls,
              master.answering::received));
      control.join(rendezvous);
      return master;
    } catch (RuntimeException e) {
      master.close();
      throw e;
    }
  }

  /** How long from now until its connection is in this state; empty if longer than that. */
  public Optional<Duration> until(RTCPeerConnectionState state, Duration most) {
    return answering.until(state, most);
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

  /** What happened to its connection and when, for a person. */
  public String story() {
    return answering.story();
  }

  /** Sends pictures and sound from here on. */
  public void begin() {
    media.start();
  }

  /**
   * Joins so many times at once over one open socket, answers the newest offer and returns once the
   * connection is up.
   *
   * @throws java.util.concurrent.CompletionException if a call fails, or all this takes longer than
   *     20 seconds each
   * @throws IllegalStateException if there are not as many offers as calls
   */
  public static LibwebrtcMaster connectByManyJoins(
      URI endpoint, String channel, SSLContext tls, int joins) {
    LibwebrtcMaster master = new LibwebrtcMaster();
    BlockingQueue<SignalingMessage> heard = new LinkedBlockingQueue<>();
    try (ControlPlane control = new ControlPlane(endpoint)) {
      ControlPlane.Rendezvous rendezvous = control.rendezvous(channel, ChannelRole.MASTER);
      master.answering.over(
          SignalingSocket.open(
              rendezvous.signaling(),
              rendezvous.channelArn(),
              ControlPlane.ACCESS_KEY,
              tls,
              heard::add));
      control.joinAtOnce(rendezvous, joins);
      newest(heard, joins).forEach(master.answering::received);
      master.answering.awaitConnected();
      return master;
    } catch (RuntimeException e) {
      master.close();
      throw e;
    }
  }

  /** The last offer with the candidates behind it, once exactly so many offers have come. */
  private static List<SignalingMessage> newest(
      BlockingQueue<SignalingMessage> heard, int expected) {
    // Candidates follow their offer at once; who hears nothing for this long has heard all.
    Duration silence = Duration.ofSeconds(1);
    List<SignalingMessage> newest = new ArrayList<>();
    int offers = 0;
    try {
      for (SignalingMessage next = heard.poll(10, TimeUnit.SECONDS);
          next != null;
          next = heard.poll(silence.toMillis(), TimeUnit.MILLISECONDS)) {
        if (next.type().equals("SDP_OFFER")) {
          offers++;
          newest.clear();
        }
        newest.add(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for offers", e);
    }
    if (offers != expected) {
      throw new IllegalStateException(expected + " joins had " + offers + " offers");
    }
    return newest;
  }

  /** From here on pictures have a part of their width and height, and a track so many bits. */
  public void limit(double scaleDown, int bitsPerSecond) {
    for (RTCRtpSender sender : answering.connection().getSenders()) {
      RTCRtpSendParameters parameters = sender.getParameters();
      for (RTCRtpEncodingParameters encoding : parameters.encodings) {
        encoding.scaleResolutionDownBy = scaleDown;
        encoding.maxBitrate = bitsPerSecond;
      }
      sender.setParameters(parameters);
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
    answering.connection().getStats(report::complete);
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
    answering.closeConnection();
    media.close();
    factory.dispose();
    devices.dispose();
    answering.close();
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
