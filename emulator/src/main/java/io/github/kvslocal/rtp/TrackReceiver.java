package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.FrameSink;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.rtcp.ReportBlock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives one track: its stream, the stream of its retransmissions, and the next stream when the
 * sender changes its SSRC. Packets of a stream that was replaced are ignored while its successor is
 * alive.
 */
final class TrackReceiver implements FrameSink {
  private static final int VIDEO_SLOTS = 2_048;
  private static final int AUDIO_SLOTS = 256;
  private static final long ALIVE = 1_000_000_000L;

  /**
   * Packets missing at once, beyond which a key frame is likely to come sooner than all of them.
   */
  private static final int BURST = 512;

  private static final long NO_SSRC = -1;

  private final Track track;

  private final TrackFormat format;
  private final Timeline timeline;
  private final KeyFrameRequests keyFrames;
  private final LiveOutput live;
  private final LiveTime liveTime = new LiveTime();
  private final @Nullable LiveSound liveSound;
  private final JitterBuffer jitterBuffer;
  private final Depacketizer depacketizer;
  private final RepairedStream stream;
  private final RestoredPacket restored = new RestoredPacket();

  private long ssrc = NO_SSRC;
  private long replacedSsrc = NO_SSRC;
  private long replacedRtxSsrc = NO_SSRC;
  private long adoptedAt;

  /** The payload type of the stream's packets, which need not be the one negotiated. */
  private int streamType = TrackFormat.NONE;

  /** A packet of another payload type was in the place before the next one. */
  private boolean foreignBefore;

  private long lastPacketAt;
  private StreamClock clock;
  private ReceptionStatistics reception;
  private ReceptionStatistics retransmissions;

  /** Where frames go at once, and the clock of their provisional times. */
  record LiveOutput(LiveClock clock, LiveSink sink) {}

  /** The moment of the call in progress, for the frames that it completes. */
  private long callAt;

  /** Something is missing before the next frame, and no frame tells of it yet. */
  private boolean lossBefore;

  /** The stream has been replaced, and no frame of the new one has come. */
  private boolean replaced;

  private long packets;
  private long bytes;
  private long recovered;
  private long duplicates;
  private long late;
  private long frames;
  private long keyFrameCount;
  private long droppedFrames;
  private long malformed;

  TrackReceiver(
      Track track,
      TrackFormat format,
      boolean keepsLossy,
      ReceiveTiming timing,
      Timeline timeline,
      KeyFrameRequests keyFrames,
      LiveOutput live) {
    this.track = track;
    this.format = format;
    this.timeline = timeline;
    this.keyFrames = keyFrames;
    this.live = live;
    this.depacketizer = Depacketizer.of(track.codec(), this, keepsLossy);
    this.stream =
        new RepairedStream(
            track == Track.VIDEO ? VIDEO_SLOTS : AUDIO_SLOTS,
            format,
            timing,
            // For sound too: what is to be heard at once takes another way, that of LiveSound.
            timing.reorderHold().toNanos(),
            depacketizer::mayBegin);
    this.jitterBuffer = stream.buffer();
    int clockRate = track.codec().clockRate();
    this.clock = new StreamClock(clockRate);
    this.liveSound = track == Track.AUDIO ? new LiveSound(live, clock) : null;
    this.reception = new ReceptionStatistics(NO_SSRC, clockRate);
    this.retransmissions = new ReceptionStatistics(NO_SSRC, clockRate);
  }

  /**
   * Takes a packet of the track's stream, or of its next one. Returns whether it can be read: one
   * of another payload type than the stream's, as redundant or error-correcting data is (RFC 2198,
   * RFC 5109), takes its place in the sequence and nothing else.
   */
  boolean rtp(RtpPacket packet, long now) {
    callAt = now;
    if (packet.ssrc() != ssrc && !adopt(packet, now)) {
      return true;
    }
    lastPacketAt = now;
    packets++;
    bytes += packet.length();
    reception.received(packet, now);
    boolean readable = !isForeign(packet);
    if (liveSound != null && readable) {
      liveSound.push(packet, now);
    }
    boolean answer = stream.isAnswer(packet, now);
    switch (push(packet, now)) {
      case QUEUED, RESTARTED -> {
        if (readable && depacketizer.beginsKeyFrame(packet)) {
          keyFrames.keyFrameBegins(now);
        }
        recovered += answer ? 1 : 0;
        drain(now);
      }
      case DUPLICATE -> duplicates++;
      case LATE, DISTANT, FULL -> late++;
    }
    return readable;
  }

  private boolean isForeign(RtpPacket packet) {
    return packet.payloadType() != format.payloadType() && packet.payloadType() != streamType;
  }

  /** Whether a packet is of the stream that is received. */
  boolean isOfStream(RtpPacket packet) {
    return packet.ssrc() == ssrc;
  }

  /** Whether the track has its stream, of the payload type negotiated, and packets come. */
  boolean isAlive(long now) {
    return ssrc != NO_SSRC && streamType == format.payloadType() && now - lastPacketAt < ALIVE;
  }

  /** Takes a packet of the track's retransmissions (RFC 4588 section 4). */
  void retransmission(RtpPacket packet, long now) throws MalformedPacketException {
    callAt = now;
    // Numbers of the stream before would be taken for this one's.
    if (packet.ssrc() == replacedRtxSsrc && now - adoptedAt < ALIVE) {
      return;
    }
    if (packet.ssrc() != retransmissions.ssrc()) {
      retransmissions = new ReceptionStatistics(packet.ssrc(), track.codec().clockRate());
    }
    retransmissions.received(packet, now);
    // Bandwidth probes are retransmissions of nothing, or of what came long ago.
    if (!RestoredPacket.isIn(packet) || ssrc == NO_SSRC) {
      return;
    }
    int number = RestoredPacket.number(packet);
    if (stream.takesAgain(number, now)) {
      RtpPacket original = restored.of(packet, streamType, ssrc);
      if (push(original, now) == JitterBuffer.Verdict.QUEUED) {
        recovered++;
        if (liveSound != null) {
          liveSound.push(original, now);
        }
        drain(now);
      }
    }
  }

  private JitterBuffer.Verdict push(RtpPacket packet, long now) {
    JitterBuffer.Verdict verdict = stream.push(packet, now, this::drain);
    if (stream.missed() > BURST && track == Track.VIDEO) {
      keyFrames.request(now);
    }
    return verdict;
  }

  private boolean adopt(RtpPacket first, long now) {
    long newSsrc = first.ssrc();
    if (newSsrc == replacedSsrc && now - lastPacketAt < ALIVE) {
      return false;
    }
    end();
    if (ssrc != NO_SSRC) {
      live.sink().liveGap(track);
      replaced = true;
      replacedRtxSsrc = retransmissions.ssrc();
      // Otherwise they are this stream's: a sender may probe the path before its first picture.
      retransmissions = new ReceptionStatistics(NO_SSRC, track.codec().clockRate());
    }
    stream.reset();
    replacedSsrc = ssrc;
    adoptedAt = now;
    streamType = first.payloadType();
    foreignBefore = false;
    ssrc = newSsrc;
    clock = new StreamClock(track.codec().clockRate());
    reception = new ReceptionStatistics(newSsrc, track.codec().clockRate());
    if (liveSound != null) {
      liveSound.begin(clock);
    }
    timeline.begin(track, clock, now);
    if (track == Track.VIDEO) {
      keyFrames.streamStarted(now);
    }
    return true;
  }

  /** Depacketizes what is in order, or has waited long enough. */
  void drain(long now) {
    callAt = now;
    if (liveSound != null) {
      liveSound.drain(now);
    }
    while (jitterBuffer.poll(now)) {
      depacketize();
    }
    stream.drained();
  }

  /** Depacketizes everything there is: no packet of this stream will follow. */
  void end() {
    if (liveSound != null) {
      liveSound.end();
    }
    while (jitterBuffer.flush()) {
      depacketize();
    }
    depacketizer.flush();
  }

  private void depacketize() {
    if (jitterBuffer.gapBefore()) {
      missing();
    }
    RtpPacket packet = jitterBuffer.packet();
    boolean gap = jitterBuffer.gapBefore() || foreignBefore;
    foreignBefore = isForeign(packet) && (gap || packet.payloadLength() > 0);
    if (foreignBefore) {
      return;
    }
    try {
      depacketizer.push(packet, gap, jitterBuffer.arrivedAt());
    } catch (MalformedPacketException unreadable) {
      malformed++;
      live.sink().unreadable(track, String.valueOf(unreadable.getMessage()));
    }
  }

  /** What comes next may build on something that never came. */
  private void missing() {
    lossBefore();
    if (track == Track.VIDEO) {
      live.sink().liveGap(track);
      keyFrames.lost(callAt);
    }
  }

  @Override
  public void frame(int timestamp, long arrival, boolean keyFrame, byte[] data) {
    long ticks = clock.unwrap(timestamp);
    long heardAt =
        liveSound == null
            ? liveTime.place(clock, ticks, arrival)
            : liveSound.times().of(clock, ticks, arrival);
    MediaTime time = live.clock().at(heardAt);
    EncodedFrame whole = new EncodedFrame(track, time, keyFrame, data);
    // A new stream begins with a key frame; where it does not, that one was lost.
    boolean headless = replaced && !keyFrame;
    EncodedFrame frame = lossBefore || headless ? whole.withLoss() : whole;
    lossBefore = false;
    replaced = false;
    if (track == Track.VIDEO) {
      live.sink().liveFrame(frame);
    }
    if (!timeline.offer(new HeldFrame(frame, clock, ticks, arrival))) {
      droppedFrames++;
      lossBefore = true;
      if (track == Track.VIDEO) {
        keyFrames.request(callAt);
      }
      return;
    }
    frames++;
    if (keyFrame) {
      keyFrameCount++;
      if (track == Track.VIDEO) {
        keyFrames.keyFrame(callAt);
      }
    } else if (track == Track.VIDEO) {
      keyFrames.otherPicture();
    }
  }

  @Override
  public void lossBefore() {
    lossBefore = true;
  }

  @Override
  public void dropped() {
    droppedFrames++;
    missing();
  }

  void senderReport(long source, long ntp, int timestamp, long now) {
    if (source == ssrc) {
      reception.senderReport(ntp, now);
      timeline.senderReport(clock, ntp, timestamp);
    } else if (source == retransmissions.ssrc()) {
      retransmissions.senderReport(ntp, now);
    }
  }

  /** Passes on the report blocks that are due now. */
  void report(long now, Consumer<ReportBlock> sink) {
    if (ssrc != NO_SSRC) {
      sink.accept(reception.report(now));
    }
    if (retransmissions.ssrc() != NO_SSRC) {
      sink.accept(retransmissions.report(now));
    }
  }

  boolean started() {
    return ssrc != NO_SSRC;
  }

  long ssrc() {
    return ssrc;
  }

  NackSchedule nacks() {
    return stream.nacks();
  }

  /** When {@link #drain} or the next NACK is due. */
  long nextDeadline() {
    return liveSound == null
        ? stream.nextDeadline()
        : Math.min(stream.nextDeadline(), liveSound.nextDeadline());
  }

  /** Packets whose payload could not be read. */
  long malformed() {
    return malformed;
  }

  TrackStatistics statistics() {
    return new TrackStatistics(
        packets,
        bytes,
        jitterBuffer.lost(),
        recovered,
        duplicates,
        late,
        frames,
        keyFrameCount,
        droppedFrames);
  }
}
