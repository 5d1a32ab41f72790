package io.github.kvslocal.rtp;

import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.h264.H264Depacketizer;
import io.github.kvslocal.rtp.opus.OpusDepacketizer;
import io.github.kvslocal.rtp.packet.Bytes;
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
  private static final int OSN_SIZE = 2;
  private static final long NO_SSRC = -1;

  /**
   * Sound begins at once, since everything behind it is to be heard at once; a picture that lacks
   * its first packet cannot be shown, nor what follows until the next key frame.
   */
  private final Track track;

  private final TrackFormat format;
  private final Timeline timeline;
  private final KeyFrameRequests keyFrames;
  private final LiveOutput live;
  private final LiveTime liveTime = new LiveTime();
  private final @Nullable LiveSound liveSound;
  private final JitterBuffer jitterBuffer;
  private final Depacketizer depacketizer;
  private final NackSchedule nacks = new NackSchedule();
  private final byte[] restored = new byte[JitterBuffer.MAX_PACKET];
  private final RtpPacket restoredPacket = new RtpPacket();

  private long ssrc = NO_SSRC;
  private long replacedSsrc = NO_SSRC;
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
    this.jitterBuffer =
        new JitterBuffer(
            track == Track.VIDEO ? VIDEO_SLOTS : AUDIO_SLOTS,
            (format.nack() ? timing.lossHold() : timing.reorderHold()).toNanos(),
            track == Track.VIDEO ? timing.reorderHold().toNanos() : JitterBuffer.NO_HOLD);
    this.depacketizer = depacketizer(keepsLossy);
    int clockRate = track.codec().clockRate();
    this.clock = new StreamClock(clockRate);
    this.liveSound = track == Track.AUDIO ? new LiveSound(live, clock) : null;
    this.reception = new ReceptionStatistics(NO_SSRC, clockRate);
    this.retransmissions = new ReceptionStatistics(NO_SSRC, clockRate);
  }

  private Depacketizer depacketizer(boolean keepsLossy) {
    return switch (track.codec()) {
      case H264 -> {
        H264Depacketizer h264 = new H264Depacketizer(this, keepsLossy);
        yield new Depacketizer() {
          @Override
          public void push(RtpPacket packet, boolean gapBefore, long arrivedAt)
              throws MalformedPacketException {
            h264.push(packet, gapBefore, arrivedAt);
          }

          @Override
          public void flush() {
            h264.flush();
          }
        };
      }
      case OPUS -> {
        OpusDepacketizer opus = new OpusDepacketizer(this);
        yield (packet, gapBefore, arrivedAt) -> opus.push(packet, arrivedAt);
      }
    };
  }

  /** Takes a packet of the track's own payload type. */
  void rtp(RtpPacket packet, long now) {
    callAt = now;
    if (packet.ssrc() != ssrc && !adopt(packet.ssrc(), now)) {
      return;
    }
    lastPacketAt = now;
    packets++;
    bytes += packet.length();
    reception.received(packet, now);
    if (liveSound != null) {
      liveSound.push(packet, now);
    }
    switch (push(packet, now)) {
      case QUEUED -> drain(now);
      case DUPLICATE -> duplicates++;
      case LATE, DISTANT, FULL -> late++;
    }
  }

  /** Takes a packet of the track's retransmissions (RFC 4588 section 4). */
  void retransmission(RtpPacket packet, long now) throws MalformedPacketException {
    callAt = now;
    if (packet.ssrc() != retransmissions.ssrc()) {
      retransmissions = new ReceptionStatistics(packet.ssrc(), track.codec().clockRate());
    }
    retransmissions.received(packet, now);
    // Bandwidth probes are retransmissions of nothing, or of what came long ago.
    if (packet.payloadLength() < OSN_SIZE || ssrc == NO_SSRC) {
      return;
    }
    int number = Bytes.unsigned16(packet.buffer(), packet.payloadOffset());
    if (jitterBuffer.wants(number)) {
      restore(packet, number);
      if (push(restoredPacket, now) == JitterBuffer.Verdict.QUEUED) {
        recovered++;
        if (liveSound != null) {
          liveSound.push(restoredPacket, now);
        }
        drain(now);
      }
    }
  }

  private void restore(RtpPacket packet, int number) throws MalformedPacketException {
    int header = packet.payloadOffset() - packet.offset();
    int payload = packet.payloadLength() - OSN_SIZE;
    System.arraycopy(packet.buffer(), packet.offset(), restored, 0, header);
    System.arraycopy(packet.buffer(), packet.payloadOffset() + OSN_SIZE, restored, header, payload);
    restored[0] &= (byte) 0xDF; // its padding is left behind
    restored[1] = (byte) ((packet.marker() ? 0x80 : 0) | format.payloadType());
    Bytes.put16(restored, 2, number);
    Bytes.put32(restored, 8, ssrc);
    restoredPacket.parse(restored, 0, header + payload);
  }

  private JitterBuffer.Verdict push(RtpPacket packet, long now) {
    long before = jitterBuffer.highest();
    long first = jitterBuffer.next();
    JitterBuffer.Verdict verdict = jitterBuffer.push(packet, now);
    while (verdict == JitterBuffer.Verdict.FULL) {
      jitterBuffer.giveUp();
      drain(now);
      verdict = jitterBuffer.push(packet, now);
    }
    if (format.nack() && verdict == JitterBuffer.Verdict.QUEUED) {
      long highest = jitterBuffer.highest();
      if (highest > before + 1) {
        nacks.missing(before + 1, highest - 1, now);
      } else if (highest == before) {
        nacks.arrived(jitterBuffer.unwrap(packet.sequenceNumber()));
      }
      nacks.missing(jitterBuffer.next() + 1, first - 1, now);
    }
    return verdict;
  }

  private boolean adopt(long newSsrc, long now) {
    if (newSsrc == replacedSsrc && now - lastPacketAt < ALIVE) {
      return false;
    }
    end();
    if (ssrc != NO_SSRC) {
      live.sink().liveGap(track);
    }
    jitterBuffer.reset();
    nacks.clear();
    replacedSsrc = ssrc;
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
    nacks.forgetBefore(jitterBuffer.next());
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
    try {
      depacketizer.push(jitterBuffer.packet(), jitterBuffer.gapBefore(), jitterBuffer.arrivedAt());
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
      keyFrames.request(callAt);
    }
  }

  @Override
  public void frame(int timestamp, long arrival, boolean keyFrame, byte[] data) {
    long ticks = clock.unwrap(timestamp);
    MediaTime time = live.clock().at(liveTime.place(clock, ticks, arrival));
    EncodedFrame whole = new EncodedFrame(track, time, keyFrame, data);
    EncodedFrame frame = lossBefore ? whole.withLoss() : whole;
    lossBefore = false;
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
    return nacks;
  }

  /** When {@link #drain} or the next NACK is due. */
  long nextDeadline() {
    long buffered =
        liveSound == null
            ? jitterBuffer.nextDeadline()
            : Math.min(jitterBuffer.nextDeadline(), liveSound.nextDeadline());
    return Math.min(buffered, nacks.nextDeadline());
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
