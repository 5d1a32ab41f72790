package io.github.kvslocal.peer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.FeedbackHabits;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.LiveSink;
import io.github.kvslocal.rtp.MediaReceiver;
import io.github.kvslocal.rtp.MediaSender;
import io.github.kvslocal.rtp.ReceiveParameters;
import io.github.kvslocal.rtp.ReceiverStatistics;
import io.github.kvslocal.rtp.SenderStatistics;
import io.github.kvslocal.rtp.TrackFormat;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.sdp.AcceptedAnswer;
import io.github.kvslocal.sdp.Fingerprint;
import io.github.kvslocal.sdp.IceCandidate;
import io.github.kvslocal.sdp.OutgoingTracks;
import io.github.kvslocal.sdp.SessionDescription;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.sdp.UnacceptableAnswerException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The storage session's end of one connection to a participant: it offers, judges the answer,
 * receives media and gives feedback, and sends what the participant takes. One owner, who calls
 * {@link #turn} after every input.
 */
public final class PeerConnection {
  /** A browser trickles a dozen; whoever sends more without answering wants something else. */
  private static final int MAX_EARLY_CANDIDATES = 64;

  /** What its owner is told. */
  public interface Observer extends LiveSink {
    /** Media can flow; both addresses for a person to read. */
    void connected(String localAddress, String remoteAddress);

    /** A frame, each track in order, at its time for good. */
    void frame(EncodedFrame frame);

    /** All frames that were ready together have been handed out; told in every turn. */
    void handedOut();

    /** The participant wants a key frame of what it is sent. */
    void keyFrameWanted();

    /**
     * The participant sends media that its answer did not announce; told once. It is dropped and
     * counted ({@link ReceiverStatistics#unknownPackets}).
     *
     * @param payloadType of the first such packet
     */
    void unannouncedMedia(int payloadType);

    /** Told once, after the last frame. */
    void ended(PeerEnd end, String why);
  }

  /**
   * Who we are towards this participant.
   *
   * @param sessionId of the offer's origin line
   * @param ssrc the sender of our feedback and of our sound, 32 bits; pictures and their
   *     repetitions go out under the two that follow
   */
  public record Identity(long sessionId, long ssrc, Fingerprint fingerprint) {
    /** Our CNAME; one for each peer, so that nobody can tell peers of one emulator (RFC 7022). */
    String canonicalName() {
      return Long.toHexString(sessionId);
    }

    /** What the participant is sent, as far as it takes it. */
    OutgoingTracks tracks() {
      return new OutgoingTracks(canonicalName(), ssrc, following(1), following(2));
    }

    private long following(int steps) {
      return (ssrc + steps) & 0xFFFF_FFFFL;
    }
  }

  private final Negotiation negotiation;
  private final Identity identity;
  private final MediaSetup setup;
  private final IceTransport ice;
  private final Observer observer;
  private final SecureTransport transport;
  private final List<IceCandidate> earlyCandidates = new ArrayList<>();
  private final byte[] feedback = new byte[MediaReceiver.MAX_FEEDBACK + SrtpContext.MAX_OVERHEAD];

  private FeedbackHabits feedbackHabits = FeedbackHabits.GOOD;
  private @Nullable MediaReceiver media;
  private @Nullable Outgoing outgoing;
  private PeerProgress progress = PeerProgress.OFFERED;
  private String localAddress = "";
  private String remoteAddress = "";
  private boolean audioNegotiated;
  private boolean listens;
  private boolean unannouncedTold;
  private ByteBuffer parameterSets = ByteBuffer.allocate(0);

  public PeerConnection(
      Negotiation negotiation,
      Identity identity,
      MediaSetup setup,
      PeerTransports transports,
      Observer observer) {
    this.negotiation = negotiation;
    this.identity = identity;
    this.setup = setup;
    this.ice = transports.ice();
    this.observer = observer;
    this.transport = new SecureTransport(ice, transports.dtls(), transports.srtp(), new Media());
  }

  /** The offer; the same at every call. */
  public SessionDescription offer() {
    return negotiation.offer(identity, ice.localCredentials());
  }

  /** Our candidates, to be trickled after the offer. */
  public List<IceCandidate> candidates() {
    return ice.localCandidates();
  }

  /** Judges an answer without taking it. */
  public void check(SessionDescription description) throws UnacceptableAnswerException {
    var unused = negotiation.judge(description);
  }

  /** Takes the answer and begins to connect; a refused answer changes nothing. */
  public void answer(SessionDescription description) throws UnacceptableAnswerException {
    AcceptedAnswer answer = negotiation.judge(description);
    if (progress != PeerProgress.OFFERED) {
      throw new UnacceptableAnswerException("this offer has been answered before");
    }
    media = new MediaReceiver(receiveParameters(answer), identity.ssrc(), setup.clock(), observer);
    media.feedback(feedbackHabits);
    outgoing = new Outgoing(answer, identity.tracks(), setup, transport);
    progress = PeerProgress.ANSWERED;
    audioNegotiated = answer.sendsAudio();
    listens = answer.receivesAudio();
    parameterSets = answer.parameterSets();
    List<IceCandidate> candidates = new ArrayList<>(answer.candidates());
    candidates.addAll(earlyCandidates);
    earlyCandidates.clear();
    transport.connect(
        answer.credentials(),
        candidates,
        answer.setup() == Setup.ACTIVE
            ? DtlsEndpoint.DtlsRole.SERVER
            : DtlsEndpoint.DtlsRole.CLIENT,
        answer.fingerprint());
  }

  /** Only what the answer announces is received (RFC 3264 section 6.1). */
  private ReceiveParameters receiveParameters(AcceptedAnswer answer) {
    int rtx = answer.rtx() == 0 ? TrackFormat.NONE : answer.rtx();
    return new ReceiveParameters(
        answer.sendsVideo()
            ? new TrackFormat(answer.h264(), rtx, answer.nack(), answer.videoMid())
            : TrackFormat.ABSENT,
        answer.sendsAudio()
            ? new TrackFormat(
                answer.opus(), TrackFormat.NONE, answer.audioNack(), answer.audioMid())
            : TrackFormat.ABSENT,
        new HeaderExtensions(answer.transportCc(), answer.midExtension()),
        identity.canonicalName(),
        answer.reducedSize(),
        setup.timing(),
        setup.keepsLossyPictures());
  }

  /**
   * Takes a trickled candidate; one that comes before the answer waits for it. Returns whether
   * there was room for it to wait.
   */
  public boolean remoteCandidate(IceCandidate candidate) {
    if (progress != PeerProgress.OFFERED) {
      transport.remoteCandidate(candidate);
      return true;
    }
    return earlyCandidates.size() < MAX_EARLY_CANDIDATES && earlyCandidates.add(candidate);
  }

  /** The way in for what the transports report. */
  public SecureTransport transport() {
    return transport;
  }

  /** ICE has selected a pair; both addresses for a person to read. */
  public void pathFound(String local, String remote) {
    localAddress = local;
    remoteAddress = remote;
    if (progress == PeerProgress.ANSWERED) {
      progress = PeerProgress.PATH_FOUND;
    }
    transport.pathFound();
  }

  /**
   * Sends a frame of what the participant takes, at its time on the session's live clock. Returns
   * whether it did: before media can flow, after the end, and of a track that the participant does
   * not take, nothing is sent, nor a frame beyond the bounds of {@link MediaSender#send}.
   */
  public boolean send(EncodedFrame frame, long now) {
    return outgoing != null && progress == PeerProgress.CONNECTED && outgoing.send(frame, now);
  }

  /** See {@link MediaSender#pictureAhead}. */
  public void pictureAhead(long nanos) {
    if (outgoing != null) {
      outgoing.pictureAhead(nanos);
    }
  }

  /** Wants a key frame of the participant soon; at most two a second are asked for. */
  public void requestKeyFrame(long now) {
    if (media != null) {
      media.requestKeyFrame(now);
    }
  }

  /** Has the participant told other things than its media needs, from now on. */
  public void feedback(FeedbackHabits habits) {
    feedbackHabits = habits;
    if (media != null) {
      media.feedback(habits);
    }
  }

  /** See {@link MediaReceiver#liveSkew}; none before the answer. */
  public OptionalLong liveSkew() {
    return media == null ? OptionalLong.empty() : media.liveSkew();
  }

  /** See {@link MediaReceiver#liveToMedia}; none before the answer. */
  public OptionalLong liveToMedia(Track track) {
    return media == null ? OptionalLong.empty() : media.liveToMedia(track);
  }

  /** Hands out what is ready and sends the feedback and the reports that are due. */
  public void turn(long now) {
    if (media == null || outgoing == null || progress == PeerProgress.ENDED) {
      return;
    }
    media.poll(now, observer::frame);
    observer.handedOut();
    if (progress != PeerProgress.CONNECTED) {
      return;
    }
    for (int length = media.writeFeedback(now, feedback, 0);
        length > 0;
        length = media.writeFeedback(now, feedback, 0)) {
      transport.sendRtcp(feedback, 0, length);
    }
    outgoing.turn(now);
  }

  /**
   * When {@link #turn} wants to be called again; {@link Long#MAX_VALUE} if only an input matters.
   */
  public long nextDeadline(long now) {
    return media == null || outgoing == null || progress != PeerProgress.CONNECTED
        ? Long.MAX_VALUE
        : Math.min(media.nextDeadline(now), outgoing.nextDeadline());
  }

  /** How far it has come. */
  public PeerProgress progress() {
    return progress;
  }

  /** What was received so far; nothing before the answer. */
  public Optional<ReceiverStatistics> statistics() {
    return Optional.ofNullable(media).map(MediaReceiver::statistics);
  }

  /** What was sent so far; nothing before the answer. */
  public Optional<SenderStatistics> sent() {
    return Optional.ofNullable(outgoing).map(Outgoing::statistics);
  }

  /** Whether the answer takes audio. */
  public boolean listens() {
    return listens;
  }

  /** See {@link AcceptedAnswer#parameterSets}; none before the answer. */
  public ByteBuffer parameterSets() {
    return parameterSets.duplicate();
  }

  /** Whether the answer announced audio of the participant's own. */
  public boolean audioNegotiated() {
    return audioNegotiated;
  }

  /** Hands out every frame that still waits, says goodbye and frees everything. */
  public void end(PeerEnd end, String why, long now) {
    if (progress == PeerProgress.ENDED) {
      return;
    }
    progress = PeerProgress.ENDED;
    try {
      if (media != null) {
        media.finish(now, observer::frame);
      }
    } finally {
      // Also when a frame could not be taken: nothing may stay open.
      transport.end(end, why);
    }
  }

  /** What comes out of the transport. */
  private final class Media implements SecureTransport.Receiver {
    @Override
    public void connected() {
      progress = PeerProgress.CONNECTED;
      observer.connected(localAddress, remoteAddress);
    }

    @Override
    public void rtp(byte[] buffer, int offset, int length, long arrivalNanos) {
      if (media == null) {
        return;
      }
      try {
        boolean announced = media.rtp(buffer, offset, length, arrivalNanos);
        if (!announced && !unannouncedTold) {
          unannouncedTold = true;
          observer.unannouncedMedia(buffer[offset + 1] & 0x7F);
        }
      } catch (MalformedPacketException e) {
        // The receiver has counted it.
      }
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length, long arrivalNanos) {
      if (media == null || outgoing == null) {
        return;
      }
      try {
        media.rtcp(buffer, offset, length, arrivalNanos);
        outgoing.rtcp(buffer, offset, length, arrivalNanos);
      } catch (MalformedPacketException e) {
        // The receiver or the sender has counted it.
      }
      if (outgoing.takeKeyFrameRequest()) {
        observer.keyFrameWanted();
      }
    }

    @Override
    public void ended(PeerEnd end, String why) {
      observer.ended(end, why);
    }
  }
}
