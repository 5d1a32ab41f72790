package io.github.kvslocal.rtp.rtcp;

/**
 * How one source was received (RFC 3550 section 6.4.1).
 *
 * @param ssrc the source
 * @param fractionLost since the last report, in 1/256
 * @param cumulativeLost since the start, clamped to 24 bits; negative when duplicates came
 * @param highestSequence the highest sequence number with its cycles in the upper 16 bits
 * @param jitter in ticks of the source's clock
 * @param lastReport the middle of the last sender report's NTP time, 0 for none
 * @param delaySinceLastReport in 1/65536 s, 0 for none
 */
public record ReportBlock(
    long ssrc,
    int fractionLost,
    int cumulativeLost,
    long highestSequence,
    long jitter,
    long lastReport,
    long delaySinceLastReport) {}
