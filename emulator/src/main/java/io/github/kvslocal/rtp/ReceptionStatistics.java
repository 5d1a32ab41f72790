package io.github.kvslocal.rtp;

import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.packet.RtpTimestamp;
import io.github.kvslocal.rtp.packet.SequenceNumber;
import io.github.kvslocal.rtp.rtcp.NtpTime;
import io.github.kvslocal.rtp.rtcp.ReportBlock;

/** What report blocks say of one source (RFC 3550 section 6.4.1, appendices A.3 and A.8). */
final class ReceptionStatistics {
  private static final int MAX_LOST = 0x7F_FFFF;

  private final long ssrc;
  private final int clockRate;
  private boolean started;
  private long base;
  private long highest;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private int transit;

  /** In 1/16 ticks, so that the integer estimate keeps its fractions (appendix A.8). */
  private long jitter;

  private boolean reported;
  private long lastReport;
  private long lastReportAt;

  ReceptionStatistics(long ssrc, int clockRate) {
    this.ssrc = ssrc;
    this.clockRate = clockRate;
  }

  long ssrc() {
    return ssrc;
  }

  void received(RtpPacket packet, long now) {
    int arrival = (int) RtpTimestamp.ofNanos(now, clockRate);
    int newTransit = arrival - packet.timestamp();
    if (!started) {
      started = true;
      base = packet.sequenceNumber();
      highest = base;
    } else {
      long sequence = SequenceNumber.unwrap(highest, packet.sequenceNumber());
      if (sequence <= highest) {
        // What was overtaken or sent again says nothing of the way's regularity.
        received++;
        return;
      }
      highest = sequence;
      int difference = Math.abs(newTransit - transit);
      // A jump of the sender's timestamps is no jitter.
      if (difference >= 0 && difference < 10 * clockRate) {
        jitter += difference - ((jitter + 8) >> 4);
      }
    }
    transit = newTransit;
    received++;
  }

  void senderReport(long ntp, long now) {
    reported = true;
    lastReport = NtpTime.middle(ntp);
    lastReportAt = now;
  }

  /** The block that is due now; the next one's fraction counts from here. */
  ReportBlock report(long now) {
    long expected = highest - base + 1;
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    expectedBefore = expected;
    receivedBefore = received;
    int fraction =
        expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    long lost = Math.max(-MAX_LOST - 1, Math.min(MAX_LOST, expected - received));
    long delay = reported ? RtpTimestamp.ofNanos(now - lastReportAt, 65_536) : 0;
    return new ReportBlock(
        ssrc, fraction, (int) lost, highest & 0xFFFF_FFFFL, jitter >> 4, lastReport, delay);
  }
}
