package io.github.kvslocal.testpeer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.DtlsEndpoint;
import io.github.kvslocal.peer.IceTransport;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.peer.SecureTransport;
import io.github.kvslocal.peer.SrtpKeys;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.MediaSender;
import io.github.kvslocal.rtp.PacketSink;
import io.github.kvslocal.rtp.ReceiveParameters;
import io.github.kvslocal.rtp.ReceiveTiming;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.rtp.SendParameters;
import io.github.kvslocal.rtp.SendTrack;
import io.github.kvslocal.rtp.SenderStatistics;
import io.github.kvslocal.rtp.TrackFormat;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.runtime.LoopTransports;
import io.github.kvslocal.runtime.SessionLoop;
import io.github.kvslocal.sdp.AcceptedAnswer;
import io.github.kvslocal.sdp.AnswerCheck;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Fingerprint;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.IceCredentials;
import io.github.kvslocal.sdp.MalformedSdpException;
import io.github.kvslocal.sdp.MediaSection;
import io.github.kvslocal.sdp.OfferPlan;
import io.github.kvslocal.sdp.SdpReader;
import io.github.kvslocal.sdp.SdpWriter;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A peer that answers one offer and then sends frames that were encoded before, each at its time.
 * It keeps what it sent and what it received. All methods are called on its loop.
 */
public abstract sealed class TestPeer permits TestMaster, TestViewer {
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

  /** Browsers ask for a key frame when they lack one, not when the last has grown old. */
  private static final Duration NEVER = Duration.ofDays(365);

  /** How its messages get to the storage session. */
  public interface Signaling {
    void answer(String sdp);

    /** The attribute's value, {@code candidate:…}. */
    void candidate(String candidate);
  }

  private final TestPeerRuntime world;
  private final AnswerPlan plan;
  private final Signaling signaling;
  private final Iterator<EncodedFrame> frames;
  private final IceTransport ice;
  private final SecureTransport transport;
  private final List<EncodedFrame> sent = new ArrayList<>();
  private final CompletableFuture<Void> connected = new CompletableFuture<>();
  private final CompletableFuture<Void> allSent = new CompletableFuture<>();
  private final CompletableFuture<PeerEnd> ended = new CompletableFuture<>();
  private final CompletableFuture<EncodedFrame> firstPicture = new CompletableFuture<>();

  private @Nullable SendParameters negotiated;
  private @Nullable MediaSender sender;
  private @Nullable Reception reception;
  private long startNanos;
  private SessionLoop.Alarm frameAlarm = () -> {};
  private SessionLoop.Alarm reportAlarm = () -> {};

  /**
   * @param plan whether audio is announced, and the role in DTLS
   * @param frames ordered by time; from zero, which is when media can flow
   */
  TestPeer(
      TestPeerRuntime world, AnswerPlan plan, Signaling signaling, Iterator<EncodedFrame> frames) {
    this.world = world;
    this.plan = plan;
    this.signaling = signaling;
    this.frames = frames;
    LoopTransports transports =
        new LoopTransports(
            world.loop(), world.ice(), IceTransport.IceRole.CONTROLLED, world.dtls(), new Events());
    this.ice = transports.ice();
    this.transport = new SecureTransport(ice, transports.dtls(), world.srtp(), new Media());
  }

  /** Answers the offer and begins to connect. */
  public void offer(String sdp) throws MalformedSdpException {
    SessionDescription offer = SdpReader.read(sdp);
    SessionDescription answer =
        plan.answer(offer, ice.localCredentials(), world.dtls().localFingerprint());
    negotiated = parameters(answer);
    MediaSection first = offer.media().get(0);
    IceCredentials credentials = offer.credentials(first).orElseThrow(() -> lacks("credentials"));
    Fingerprint fingerprint = offer.fingerprint(first).orElseThrow(() -> lacks("fingerprint"));
    signaling.answer(SdpWriter.write(answer));
    transport.connect(
        credentials,
        first.candidates(),
        plan.setup() == Setup.ACTIVE ? DtlsEndpoint.DtlsRole.CLIENT : DtlsEndpoint.DtlsRole.SERVER,
        fingerprint);
    ice.localCandidates().forEach(candidate -> signaling.candidate(candidate.toString()));
  }

  /** What the storage session will make of our answer. */
  abstract AcceptedAnswer judge(AnswerCheck check, SessionDescription answer)
      throws UnacceptableAnswerException;

  private static MalformedSdpException lacks(String what) {
    return new MalformedSdpException("the offer has no " + what);
  }

  private SendParameters parameters(SessionDescription answer) throws MalformedSdpException {
    AcceptedAnswer own;
    try {
      own = judge(new AnswerCheck(OfferPlan.DEFAULT), answer);
    } catch (UnacceptableAnswerException e) {
      throw new MalformedSdpException("not the offer of a storage session: " + e.getMessage());
    }
    TrackFormat video =
        new TrackFormat(
            own.h264(), own.rtx() == 0 ? TrackFormat.NONE : own.rtx(), own.nack(), own.videoMid());
    TrackFormat audio =
        new TrackFormat(own.opus(), TrackFormat.NONE, own.audioNack(), own.audioMid());
    return new SendParameters(
        track(video),
        track(audio),
        new HeaderExtensions(own.transportCc(), own.midExtension()),
        Long.toHexString(world.random().nextLong()),
        world.loop().now());
  }

  /** What is sent to us comes as what we send goes. */
  private static ReceiveParameters heard(SendParameters sent) {
    return ReceiveParameters.of(
            sent.video().format(), sent.audio().format(), sent.extensions(), sent.canonicalName())
        .with(ReceiveTiming.DEFAULT.withKeyFrameInterval(NEVER));
  }

  private SendTrack track(TrackFormat format) {
    return new SendTrack(
        format, ssrc(), ssrc(), world.random().nextInt(65_536), world.random().nextInt());
  }

  private long ssrc() {
    return world.random().nextLong(1, 1L << 32);
  }

  /** Takes a trickled candidate of the storage session. */
  public void candidate(String candidate) {
    IceCandidate.parse(candidate).ifPresent(transport::remoteCandidate);
  }

  /** Completes when media can flow; fails if it never will. */
  public CompletableFuture<Void> connected() {
    return connected;
  }

  /** Completes when the last frame is sent; fails if the connection ends before. */
  public CompletableFuture<Void> allSent() {
    return allSent;
  }

  /** Completes when the connection has ended, from either side. */
  public CompletableFuture<PeerEnd> ended() {
    return ended;
  }

  /** What was sent so far, in order. */
  public List<EncodedFrame> sent() {
    return List.copyOf(sent);
  }

  /** Every frame that came, the moment it was whole, each track in order. */
  public List<EncodedFrame> received() {
    return reception == null ? List.of() : reception.received();
  }

  /** How many frames of this track came. */
  public int receivedOf(Track track) {
    return reception == null ? 0 : reception.receivedOf(track);
  }

  /** The same on one timeline for both tracks, as far as their places on it are known. */
  public List<EncodedFrame> placed() {
    return reception == null ? List.of() : reception.placed();
  }

  /** How often something that was sent to it was missing for good. */
  public int gaps() {
    return reception == null ? 0 : reception.gaps();
  }

  /** Completes with the first picture that comes. */
  public CompletableFuture<EncodedFrame> firstPicture() {
    return firstPicture;
  }

  /** How well its side has received; nothing before media could flow. */
  public Optional<ReceiverStatistics> reception() {
    return Optional.ofNullable(reception).map(Reception::statistics);
  }

  /** Asks for a key frame at once, as often as it is called: a browser would be slower. */
  public void demandKeyFrame() {
    if (reception != null) {
      reception.demandKeyFrame();
    }
  }

  /** What the packets came to, and what was said of them. */
  public SenderStatistics statistics() {
    return sender().statistics();
  }

  /** Says goodbye and frees everything. */
  public void close() {
    end(PeerEnd.SHUT_DOWN, "closed");
  }

  private void end(PeerEnd end, String why) {
    frameAlarm.cancel();
    reportAlarm.cancel();
    if (sender != null) {
      sender.bye(packets);
    }
    if (reception != null) {
      reception.end();
    }
    transport.end(end, why);
  }

  private void sendDue() {
    frameAlarm = () -> {};
    if (!frames.hasNext()) {
      allSent.complete(null);
      return;
    }
    sendAt(frames.next());
  }

  private void sendAt(EncodedFrame frame) {
    long due = startNanos + frame.time().nanos();
    long wait = Math.max(0, due - world.loop().nanoTime());
    frameAlarm =
        world
            .loop()
            .scheduleAfter(
                Duration.ofNanos(wait),
                () -> {
                  sender().send(frame, packets);
                  sent.add(frame);
                  sendDue();
                });
  }

  private void report() {
    sender().report(packets);
    reportAlarm = world.loop().scheduleAfter(REPORT_INTERVAL, this::report);
  }

  private MediaSender sender() {
    if (sender == null) {
      throw new IllegalStateException("not connected");
    }
    return sender;
  }

  private final PacketSink packets =
      new PacketSink() {
        @Override
        public void rtp(byte[] buffer, int offset, int length) {
          transport.sendRtp(buffer, offset, length);
        }

        @Override
        public void rtcp(byte[] buffer, int offset, int length) {
          transport.sendRtcp(buffer, offset, length);
        }
      };

  /** What comes out of the transport. */
  private final class Media implements SecureTransport.Receiver {
    @Override
    public void connected() {
      if (negotiated == null) {
        throw new IllegalStateException("connected before an offer");
      }
      sender = new MediaSender(negotiated);
      reception = new Reception(heard(negotiated), world, transport, firstPicture::complete);
      startNanos = world.loop().nanoTime();
      sendDue();
      reportAlarm = world.loop().scheduleAfter(Duration.ofMillis(100), TestPeer.this::report);
      connected.complete(null);
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
      if (reception == null) {
        return;
      }
      try {
        reception.rtp(buffer, offset, length, arrivalNanos);
      } catch (MalformedPacketException e) {
        end(PeerEnd.REMOTE_CLOSED, "the emulator sent RTP that cannot be: " + e.getMessage());
      }
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
      if (sender == null || reception == null) {
        return;
      }
      try {
        reception.rtcp(buffer, offset, length, arrivalNanos);
        sender.rtcp(buffer, offset, length, arrivalNanos, packets);
      } catch (MalformedPacketException e) {
        end(PeerEnd.REMOTE_CLOSED, "the emulator sent RTCP that cannot be: " + e.getMessage());
      }
    }

    @Override
    public void ended(PeerEnd end, String why) {
      connected.completeExceptionally(new IllegalStateException(end + ": " + why));
      allSent.completeExceptionally(new IllegalStateException(end + ": " + why));
      ended.complete(end);
    }
  }

  /** What the transports report. */
  private final class Events implements LoopTransports.Host {
    @Override
    public void pathFound(String localAddress, String remoteAddress) {
      transport.pathFound();
    }

    @Override
    public void datagram(byte[] buffer, int offset, int length, long arrivalNanos) {
      transport.datagram(buffer, offset, length, arrivalNanos);
    }

    @Override
    public void batchRead() {
      if (reception != null && !ended.isDone()) {
        reception.turn();
      }
    }

    @Override
    public void handshakeMessage(byte[] datagram) {
      transport.handshakeMessage(datagram);
    }

    @Override
    public void keysAgreed(SrtpKeys keys) {
      transport.keysAgreed(keys);
    }

    @Override
    public void broken(PeerEnd cause, String why) {
      end(cause, why);
    }
  }
}
