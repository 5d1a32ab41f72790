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
 * <p>One owner. It sends frames when it is given them and paces nothing.
 */
public final class MediaSender {
  /** Bytes of the largest RTP packet, before protection. */
  public static final int MAX_PACKET = 1_250;

  /** Free bytes behind each packet that a {@link PacketSink} is given. */
  public static final int TAIL_ROOM = 64;

  private static final int MAX_PAYLOAD = 1_200;
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
  private MediaTime latest = MediaTime.ZERO;
  private boolean keyFrameRequested;
  private int lastFullIntraCommand = -1;
  private long retransmissions;
  private long forgotten;
  private long keyFrameRequests;
  private long transportFeedbacks;
  private long acknowledged;
  private long receiverReports;

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
   * Sends a frame, all its packets at once.
   *
   * @throws IllegalArgumentException if an access unit is not NAL units behind their lengths, or an
   *     Opus packet is larger than an RTP packet
   */
  public void send(EncodedFrame frame, PacketSink sink) {
    if (latest.isBefore(frame.time())) {
      latest = frame.time();
    }
    ByteBuffer data = frame.data();
    if (frame.track() == Track.VIDEO) {
      packetizer.packetize(
          data, (payload, length, last) -> video.send(payload, length, frame.time(), last, sink));
      return;
    }
    if (data.remaining() > opus.length) {
      throw new IllegalArgumentException("Opus packet of " + data.remaining() + " bytes");
    }
    int length = data.remaining();
    data.get(opus, 0, length);
    audio.send(opus, length, frame.time(), false, sink);
  }

  /**
   * Takes a receiver's RTCP packet: answers what it asks for and counts what it tells.
   *
   * @throws MalformedPacketException if it cannot be
   */
  public void rtcp(byte[] buffer, int offset, int length, PacketSink sink)
      throws MalformedPacketException {
    RtcpReader.read(buffer, offset, length, new Feedback(sink));
  }

  private final class Feedback implements RtcpHandler {
    private final PacketSink sink;

    private Feedback(PacketSink sink) {
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
      if (track.resend(sequenceNumber, again, sink)) {
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
    report(video, sink);
    report(audio, sink);
  }

  private void report(TrackSender track, PacketSink sink) {
    if (track.packets() == 0) {
      return;
    }
    long ntp = NtpTime.of(parameters.mediaZero().plus(MediaTime.ZERO.until(latest)));
    long ssrc = track.stream().ssrc();
    writer.begin(rtcp, 0);
    writer.senderReport(ssrc, ntp, track.timestamp(latest), track.packets(), track.octets());
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
        keyFrameRequests,
        transportFeedbacks,
        acknowledged,
        receiverReports);
  }
}
