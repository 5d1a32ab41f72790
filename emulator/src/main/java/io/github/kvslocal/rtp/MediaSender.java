package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.h264.H264Packetizer;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.rtcp.NtpTime;
import io.github.kvslocal.rtp.rtcp.ReportBlock;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import io.github.kvslocal.rtp.rtcp.RtcpWriter;
import io.github.kvslocal.rtp.rtcp.TransportFeedback;
import java.nio.ByteBuffer;

/**
 * Sends the media of one peer: frames of both tracks in, packets out, what is missing again on
 * demand.
 *
 * <p>One owner. It sends frames when it is given them and paces nothing. A track whose packets may
 * be asked for again takes up to 1,024 packets of 1,250 bytes, 1.28 MB, to remember them, a quarter
 * of that for sound.
 */
public final class MediaSender {
  /** Bytes of the largest RTP packet, before protection. */
  public static final int MAX_PACKET = 1_250;

  /** Bytes of the largest payload, and so of the largest Opus packet: they are not split. */
  public static final int MAX_PAYLOAD = 1_200;

  /** Free bytes behind each packet that a {@link PacketSink} is given. */
  public static final int TAIL_ROOM = 64;

  /** Bytes of the largest access unit; the packets of one are remembered all at once. */
  public static final int MAX_ACCESS_UNIT = 1 << 20;

  private static final int MAX_RTCP = 600;

  private final TrackSender video;
  private final TrackSender audio;
  private final SendParameters parameters;
  private final byte[] canonicalName;
  private final H264Packetizer packetizer = new H264Packetizer(MAX_PAYLOAD);
  private final byte[] opus = new byte[MAX_PAYLOAD];
  private final byte[] again = new byte[MAX_PACKET + 2 + TAIL_ROOM];
  private final byte[] rtcp = new byte[MAX_RTCP + TAIL_ROOM];
  private final RtcpWriter writer = new RtcpWriter();
  private final ResendBudget resendBudget = new ResendBudget();
  private MediaTime latest = MediaTime.ZERO;
  private long pictureAhead;
  private boolean keyFrameRequested;
  private int lastFullIntraCommand = -1;
  private long retransmissions;
  private long forgotten;
  private long declined;
  private long keyFrameRequests;
  private long transportFeedbacks;
  private long acknowledged;
  private long receiverReports;
  private long refusedFrames;
  private long malformedPackets;

  /** A sender that has sent nothing yet. */
  public MediaSender(SendParameters parameters) {
    TrackSender.TransportNumbers transport = new TrackSender.TransportNumbers();
    HeaderExtensions extensions = parameters.extensions();
    this.parameters = parameters;
    this.video = new TrackSender(Track.VIDEO, parameters.video(), extensions, transport);
    this.audio = new TrackSender(Track.AUDIO, parameters.audio(), extensions, transport);
    this.canonicalName = RtcpWriter.canonicalName(parameters.canonicalName());
  }

  /**
   * Sends a frame, all its packets at once. Returns whether it did: an access unit of more than
   * {@link #MAX_ACCESS_UNIT} bytes, an Opus packet larger than an RTP packet and a frame of a track
   * that was not negotiated are refused and counted.
   *
   * @throws IllegalArgumentException if an access unit is not NAL units behind their lengths
   */
  public boolean send(EncodedFrame frame, PacketSink sink) {
    boolean picture = frame.track() == Track.VIDEO;
    TrackSender track = picture ? video : audio;
    if (frame.size() > (picture ? MAX_ACCESS_UNIT : MAX_PAYLOAD) || !track.isNegotiated()) {
      refusedFrames++;
      return false;
    }
    if (latest.isBefore(frame.time())) {
      latest = frame.time();
    }
    ByteBuffer data = frame.data();
    if (picture) {
      packetizer.packetize(
          data, (payload, length, last) -> video.send(payload, length, frame.time(), last, sink));
      return true;
    }
    int length = data.remaining();
    data.get(opus, 0, length);
    audio.send(opus, length, frame.time(), false, sink);
    return true;
  }

  /**
   * Takes a receiver's RTCP packet: answers what it asks for, 512 packets at once and 2,000 a
   * second at most and the same packet not twice within 10 ms, and counts what it tells.
   *
   * @param now in monotonic nanoseconds
   * @throws MalformedPacketException if it cannot be; it is counted
   */
  public void rtcp(byte[] buffer, int offset, int length, long now, PacketSink sink)
      throws MalformedPacketException {
    try {
      RtcpReader.read(buffer, offset, length, new Feedback(now, sink));
    } catch (MalformedPacketException malformed) {
      malformedPackets++;
      throw malformed;
    }
  }

  private final class Feedback implements RtcpHandler {
    private final long now;
    private final PacketSink sink;

    private Feedback(long now, PacketSink sink) {
      this.now = now;
      this.sink = sink;
    }

    @Override
    public void reportBlock(long reporter, ReportBlock block) {
      if (block.ssrc() == video.stream().ssrc() || block.ssrc() == audio.stream().ssrc()) {
        receiverReports++;
      }
    }

    @Override
    public void nack(long mediaSsrc, int sequenceNumber) {
      if (mediaSsrc == video.stream().ssrc()) {
        resend(video, sequenceNumber);
      } else if (mediaSsrc == audio.stream().ssrc()) {
        resend(audio, sequenceNumber);
      }
    }

    private void resend(TrackSender track, int sequenceNumber) {
      if (track.isResent(sequenceNumber, now) || !resendBudget.take(now)) {
        declined++;
      } else if (track.resend(sequenceNumber, again, now, sink)) {
        retransmissions++;
      } else {
        forgotten++;
      }
    }

    @Override
    public void pictureLoss(long mediaSsrc) {
      if (mediaSsrc == video.stream().ssrc()) {
        keyFrameRequests++;
        keyFrameRequested = true;
      }
    }

    @Override
    public void fullIntraRequest(long mediaSsrc, int command) {
      if (mediaSsrc == video.stream().ssrc() && command != lastFullIntraCommand) {
        lastFullIntraCommand = command;
        keyFrameRequests++;
        keyFrameRequested = true;
      }
    }

    @Override
    public void transportFeedback(byte[] buffer, int offset, int length)
        throws MalformedPacketException {
      transportFeedbacks++;
      acknowledged += TransportFeedback.parse(buffer, offset, length).arrivals().size();
    }
  }

  /** Whether a key frame has been asked for since this was last called. */
  public boolean takeKeyFrameRequest() {
    boolean requested = keyFrameRequested;
    keyFrameRequested = false;
    return requested;
  }

  /**
   * Sends a sender report with a source description for each track that has sent anything; due
   * about every second (RFC 3550 section 6.2). The reports speak of the latest frame's time.
   */
  public void report(PacketSink sink) {
    report(latest, sink);
  }

  /** The same, with reports that speak of this time. */
  public void report(MediaTime moment, PacketSink sink) {
    report(video, moment, new MediaTime(moment.nanos() - pictureAhead), sink);
    report(audio, moment, moment, sink);
  }

  /**
   * By how many nanoseconds pictures carry earlier times than the sound that belongs to them. From
   * now on the reports tell the receiver so; nothing else changes.
   */
  public void pictureAhead(long nanos) {
    pictureAhead = nanos;
  }

  private void report(TrackSender track, MediaTime wall, MediaTime media, PacketSink sink) {
    if (track.packets() == 0) {
      return;
    }
    long ntp = NtpTime.of(parameters.mediaZero().plus(MediaTime.ZERO.until(wall)));
    long ssrc = track.stream().ssrc();
    writer.begin(rtcp, 0);
    writer.senderReport(ssrc, ntp, track.timestamp(media), track.packets(), track.octets());
    writer.description(ssrc, canonicalName);
    sink.rtcp(rtcp, 0, writer.length());
  }

  /** Says goodbye for each track that has sent anything (RFC 3550 section 6.6). */
  public void bye(PacketSink sink) {
    writer.begin(rtcp, 0);
    for (TrackSender track : new TrackSender[] {video, audio}) {
      if (track.packets() > 0) {
        long ssrc = track.stream().ssrc();
        writer.receiverReport(ssrc);
        writer.description(ssrc, canonicalName);
        writer.bye(ssrc);
      }
    }
    if (writer.length() > 0) {
      sink.rtcp(rtcp, 0, writer.length());
    }
  }

  /** How it went so far. */
  public SenderStatistics statistics() {
    return new SenderStatistics(
        video.packets(),
        audio.packets(),
        retransmissions,
        forgotten,
        declined,
        keyFrameRequests,
        transportFeedbacks,
        acknowledged,
        receiverReports,
        refusedFrames,
        malformedPackets);
  }
}
