package io.github.kvslocal.peer;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.rtp.HeaderExtensions;
import io.github.kvslocal.rtp.LiveClock;
import io.github.kvslocal.rtp.MediaSender;
import io.github.kvslocal.rtp.PacketSink;
import io.github.kvslocal.rtp.SendParameters;
import io.github.kvslocal.rtp.SendTrack;
import io.github.kvslocal.rtp.SenderStatistics;
import io.github.kvslocal.rtp.TrackFormat;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.sdp.AcceptedAnswer;
import io.github.kvslocal.sdp.OutgoingTracks;
import java.util.random.RandomGenerator;

/** What one participant is sent: frames of the tracks that it takes, and reports on them. */
final class Outgoing {
  private static final long REPORT_INTERVAL = 1_000_000_000L;

  /** Below half of the ring, so that losing the first packets is not taken for a wrap. */
  private static final int FIRST_NUMBERS = 1 << 15;

  private final LiveClock clock;
  private final PacketSink packets;
  private final MediaSender sender;
  private long reportAt = Long.MAX_VALUE;

  Outgoing(
      AcceptedAnswer answer, OutgoingTracks tracks, MediaSetup setup, SecureTransport transport) {
    this.clock = setup.clock();
    this.packets = new Packets(transport);
    this.sender =
        new MediaSender(
            new SendParameters(
                track(video(answer), tracks.video(), tracks.rtx(), setup.random()),
                track(audio(answer), tracks.audio(), tracks.audio(), setup.random()),
                new HeaderExtensions(answer.transportCc(), answer.midExtension()),
                tracks.canonicalName(),
                clock.wall()));
  }

  private static TrackFormat video(AcceptedAnswer answer) {
    if (!answer.receivesVideo()) {
      return TrackFormat.ABSENT;
    }
    int rtx = answer.rtx() == 0 ? TrackFormat.NONE : answer.rtx();
    return new TrackFormat(answer.h264(), rtx, answer.nack(), answer.videoMid());
  }

  private static TrackFormat audio(AcceptedAnswer answer) {
    return answer.receivesAudio()
        ? new TrackFormat(answer.opus(), TrackFormat.NONE, answer.audioNack(), answer.audioMid())
        : TrackFormat.ABSENT;
  }

  private static SendTrack track(
      TrackFormat format, long ssrc, long rtxSsrc, RandomGenerator random) {
    return new SendTrack(format, ssrc, rtxSsrc, random.nextInt(FIRST_NUMBERS), random.nextInt());
  }

  /** Sends a frame; returns whether it did. */
  boolean send(EncodedFrame frame, long now) {
    boolean sent = sender.send(frame, packets);
    if (sent && reportAt == Long.MAX_VALUE) {
      reportAt = now;
    }
    return sent;
  }

  void pictureAhead(long nanos) {
    sender.pictureAhead(nanos);
  }

  void rtcp(byte[] buffer, int offset, int length, long now) throws MalformedPacketException {
    sender.rtcp(buffer, offset, length, now, packets);
  }

  /** Whether a key frame has been asked for since this was last called. */
  boolean takeKeyFrameRequest() {
    return sender.takeKeyFrameRequest();
  }

  /** Sends the reports that are due. */
  void turn(long now) {
    if (reportAt <= now) {
      sender.report(clock.at(now), packets);
      reportAt = now + REPORT_INTERVAL;
    }
  }

  /** When reports are due; {@link Long#MAX_VALUE} before the first frame. */
  long nextDeadline() {
    return reportAt;
  }

  SenderStatistics statistics() {
    return sender.statistics();
  }

  /** Protects and sends. */
  private record Packets(SecureTransport transport) implements PacketSink {
    @Override
    public void rtp(byte[] buffer, int offset, int length) {
      transport.sendRtp(buffer, offset, length);
    }

    @Override
    public void rtcp(byte[] buffer, int offset, int length) {
      transport.sendRtcp(buffer, offset, length);
    }
  }
}
