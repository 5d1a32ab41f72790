package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import io.github.kvslocal.rtp.rtcp.TransportFeedbackWriter;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Receives the media of one peer: packets in, frames of both tracks on one timeline out, and the
 * feedback that keeps the sender sending well.
 *
 * <p>One owner. Every {@code now} is monotonic nanoseconds and never decreases. After each input
 * the owner polls, takes feedback until there is none, and comes back at {@link #nextDeadline}.
 * Both tracks are taken to be sent by one host with one wall clock (RFC 3550 section 6.4.1), as all
 * tracks of a WebRTC peer are.
 */
public final class MediaReceiver {
  /** Bytes of the largest compound packet that {@link #writeFeedback} writes. */
  public static final int MAX_FEEDBACK = 1_200;

  private static final long REPORT_INTERVAL = 1_000_000_000L;
  private static final int MAX_NACKS = 128;
  private static final int TRANSPORT_SEQUENCE_SIZE = 2;

  private final ReceiveParameters parameters;
  private final long localSsrc;
  private final byte[] canonicalName;
  private final Timeline timeline;
  private final KeyFrameRequests keyFrames;
  private final TrackReceiver video;
  private final TrackReceiver audio;
  private final TransportArrivals arrivals = new TransportArrivals();
  private final RtpPacket packet = new RtpPacket();
  private final RtcpWriter writer = new RtcpWriter();
  private final SenderReports senderReports = new SenderReports();
  private final int[] nackNumbers = new int[MAX_NACKS];
  private FeedbackHabits habits = FeedbackHabits.GOOD;
  private long reportAt = Long.MAX_VALUE;
  private long lastSsrc;
  private long unknownPackets;
  private long malformedPackets;

  /** Hears of sender reports; nothing else that a sender says matters here. */
  private final class SenderReports implements RtcpHandler {
    private long now;

    @Override
    public void senderReport(long ssrc, long ntp, int timestamp, long packets, long octets) {
      video.senderReport(ssrc, ntp, timestamp, now);
      audio.senderReport(ssrc, ntp, timestamp, now);
    }
  }

  /** A receiver whose first frame is at {@link MediaTime#ZERO}. */
  public MediaReceiver(ReceiveParameters parameters, long localSsrc) {
    this(parameters, localSsrc, MediaTime.ZERO);
  }

  /**
   * A receiver that continues a timeline.
   *
   * @param localSsrc the SSRC that feedback is sent from
   * @param origin the time of the first frame
   */
  public MediaReceiver(ReceiveParameters parameters, long localSsrc, MediaTime origin) {
    this(parameters, localSsrc, origin, new LiveClock(0, Instant.EPOCH), LiveSink.NONE);
  }

  /**
   * A receiver whose first frame is at {@link MediaTime#ZERO} of its own timeline, and that passes
   * on every frame at once as well.
   *
   * @param liveClock of the provisional times
   * @param live called within {@link #rtp}, {@link #poll} and {@link #finish}
   */
  public MediaReceiver(
      ReceiveParameters parameters, long localSsrc, LiveClock liveClock, LiveSink live) {
    this(parameters, localSsrc, MediaTime.ZERO, liveClock, live);
  }

  private MediaReceiver(
      ReceiveParameters parameters,
      long localSsrc,
      MediaTime origin,
      LiveClock liveClock,
      LiveSink live) {
    ReceiveTiming timing = parameters.timing();
    this.parameters = parameters;
    this.localSsrc = localSsrc;
    this.canonicalName = RtcpWriter.canonicalName(parameters.canonicalName());
    this.timeline = new Timeline(origin, timing.synchronisationHold());
    this.keyFrames = new KeyFrameRequests(timing.keyFrameInterval());
    TrackReceiver.LiveOutput output = new TrackReceiver.LiveOutput(liveClock, live);
    boolean lossy = parameters.keepsLossyPictures();
    this.video =
        new TrackReceiver(
            Track.VIDEO, parameters.video(), lossy, timing, timeline, keyFrames, output);
    this.audio =
        new TrackReceiver(
            Track.AUDIO, parameters.audio(), lossy, timing, timeline, keyFrames, output);
  }

  /**
   * Takes an RTP packet, unprotected; the bytes are not kept. Returns whether it is of a track that
   * was negotiated; others are counted and dropped.
   *
   * @throws MalformedPacketException if it cannot be; it is counted and changes nothing else
   */
  public boolean rtp(byte[] buffer, int offset, int length, long now)
      throws MalformedPacketException {
    try {
      if (length > JitterBuffer.MAX_PACKET) {
        throw new MalformedPacketException("RTP packet is larger than a jumbo frame");
      }
      packet.parse(buffer, offset, length);
      noteArrival(now);
      return dispatch(now);
    } catch (MalformedPacketException malformed) {
      malformedPackets++;
      throw malformed;
    }
  }

  private void noteArrival(long now) {
    if (reportAt == Long.MAX_VALUE) {
      reportAt = now + REPORT_INTERVAL;
    }
    lastSsrc = packet.ssrc();
    if (packet.findExtension(parameters.extensions().transportSequence())
        && packet.elementLength() == TRANSPORT_SEQUENCE_SIZE) {
      arrivals.arrived(Bytes.unsigned16(packet.buffer(), packet.elementOffset()), now);
    }
  }

  private boolean dispatch(long now) throws MalformedPacketException {
    int type = packet.payloadType();
    if (type == parameters.video().payloadType()) {
      video.rtp(packet, now);
    } else if (type == parameters.audio().payloadType()) {
      audio.rtp(packet, now);
    } else if (type == parameters.video().rtxPayloadType()) {
      video.retransmission(packet, now);
    } else if (type == parameters.audio().rtxPayloadType()) {
      audio.retransmission(packet, now);
    } else {
      return dispatchUnknown(now);
    }
    return true;
  }

  /**
   * A payload type that was not negotiated is that of a track whose identification it has, unless
   * the track's own packets come: beside them it is something that nobody asked for.
   */
  private boolean dispatchUnknown(long now) {
    boolean known = false;
    if (video.isOfStream(packet)) {
      known = video.rtp(packet, now);
    } else if (audio.isOfStream(packet)) {
      known = audio.rtp(packet, now);
    } else if (!video.isAlive(now) && isOfMid(parameters.video())) {
      known = video.rtp(packet, now);
    } else if (!audio.isAlive(now) && isOfMid(parameters.audio())) {
      known = audio.rtp(packet, now);
    }
    unknownPackets += known ? 0 : 1;
    return known;
  }

  private boolean isOfMid(TrackFormat format) {
    return !format.mid().isEmpty()
        && packet.findExtension(parameters.extensions().mid())
        && packet.elementIs(format.mid());
  }

  /**
   * Takes an RTCP packet, unprotected, compound or reduced-size.
   *
   * @throws MalformedPacketException if it cannot be; it is counted
   */
  public void rtcp(byte[] buffer, int offset, int length, long now)
      throws MalformedPacketException {
    senderReports.now = now;
    try {
      RtcpReader.read(buffer, offset, length, senderReports);
    } catch (MalformedPacketException malformed) {
      malformedPackets++;
      throw malformed;
    }
  }

  /** Delivers the frames that are ready, each track's in the order it sent them. */
  public void poll(long now, Consumer<EncodedFrame> sink) {
    video.drain(now);
    audio.drain(now);
    timeline.poll(now, sink);
  }

  /** Delivers everything that waits for packets or reports: the peer is gone. */
  public void finish(long now, Consumer<EncodedFrame> sink) {
    video.drain(now);
    video.end();
    audio.drain(now);
    audio.end();
    timeline.finish(sink);
  }

  /**
   * What has to be added to a track's provisional time to have its time on the timeline, in
   * nanoseconds; none before the timeline has delivered the track's first frame. It may change
   * slowly, and jumps where the sender's clock did.
   */
  public OptionalLong liveToMedia(Track track) {
    return timeline.liveToMedia(track);
  }

  /**
   * By how many nanoseconds the picture is ahead of the sound on provisional times: a picture at
   * {@code t} belongs to the sound at {@code t + liveSkew}. None before both are on the timeline.
   */
  public OptionalLong liveSkew() {
    return timeline.liveSkew();
  }

  /** Wants a key frame soon; however often it is asked, at most two a second are asked for. */
  public void requestKeyFrame(long now) {
    keyFrames.request(now);
  }

  /** Tells the sender other things than reception needs, from now on. */
  public void feedback(FeedbackHabits others) {
    habits = others;
    keyFrames.ask(others.keyFrames());
  }

  /**
   * Writes one compound RTCP packet if something is due. Call it until it writes nothing.
   *
   * @param out with {@link #MAX_FEEDBACK} bytes from {@code offset} on
   * @return its length, or 0
   */
  public int writeFeedback(long now, byte[] out, int offset) {
    if (feedbackDeadline() > now) {
      return 0;
    }
    writer.begin(out, offset);
    if (reportAt <= now || !parameters.reducedSize()) {
      writeReport(now);
    }
    writeNacks(video, now);
    if (writer.length() <= MAX_FEEDBACK / 2) {
      writeNacks(audio, now);
    }
    if (keyFrames.due(now)) {
      writer.pictureLoss(localSsrc, video.ssrc());
      keyFrames.sent(now);
    }
    int room = MAX_FEEDBACK - writer.length();
    if (arrivals.nextDeadline() <= now && room >= 2 * TransportFeedbackWriter.MIN_SIZE) {
      arrivals.write(writer, localSsrc, lastSsrc, room);
    }
    return writer.length();
  }

  private void writeReport(long now) {
    writer.receiverReport(localSsrc);
    video.report(now, writer::block);
    audio.report(now, writer::block);
    writer.description(localSsrc, canonicalName);
    if (habits.bitsPerSecond() > 0) {
      writer.maximumBitrate(localSsrc, video.ssrc(), habits.bitsPerSecond());
    }
    reportAt = now + REPORT_INTERVAL;
  }

  private void writeNacks(TrackReceiver track, long now) {
    int count = track.nacks().take(now, nackNumbers);
    if (count > 0) {
      writer.nack(localSsrc, track.ssrc(), nackNumbers, count, MAX_FEEDBACK);
    }
  }

  private long feedbackDeadline() {
    long tracks = Math.min(video.nacks().nextDeadline(), audio.nacks().nextDeadline());
    long other = Math.min(reportAt, arrivals.nextDeadline());
    return Math.min(Math.min(tracks, other), keyFrames.nextDeadline());
  }

  /**
   * When {@link #poll} or {@link #writeFeedback} has something to do at the latest, in the past if
   * it has; {@link Long#MAX_VALUE} before the first packet.
   */
  public long nextDeadline(long now) {
    long tracks = Math.min(video.nextDeadline(), audio.nextDeadline());
    return Math.min(Math.min(tracks, feedbackDeadline()), timeline.nextDeadline(now));
  }

  /** How it went so far. */
  public ReceiverStatistics statistics() {
    return new ReceiverStatistics(
        video.statistics(),
        audio.statistics(),
        keyFrames.sent(),
        video.nacks().sent() + audio.nacks().sent(),
        arrivals.sent(),
        unknownPackets,
        malformedPackets + video.malformed() + audio.malformed());
  }
}
