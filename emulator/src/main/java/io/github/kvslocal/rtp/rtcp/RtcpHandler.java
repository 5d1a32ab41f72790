package io.github.kvslocal.rtp.rtcp;

import io.github.kvslocal.rtp.packet.MalformedPacketException;

/**
 * Takes what a compound packet says, in its order. Every method does nothing until overridden: a
 * receiver has no use for what a sender is told.
 */
public interface RtcpHandler {
  /**
   * A sender report's own part (RFC 3550 section 6.4.1).
   *
   * @param ntp see {@link NtpTime}
   * @param timestamp the same moment in the source's RTP timestamps
   */
  default void senderReport(long ssrc, long ntp, int timestamp, long packets, long octets) {}

  /** One block of a sender or receiver report. */
  default void reportBlock(long reporter, ReportBlock block) {}

  /** The canonical name of a source (RFC 3550 section 6.5.1). */
  default void canonicalName(long ssrc, String name) {}

  /** A source has left. */
  default void bye(long ssrc) {}

  /** A packet is missing (RFC 4585 section 6.2.1), once for each. */
  default void nack(long mediaSsrc, int sequenceNumber) {}

  /** A key frame is wanted after a loss (RFC 4585 section 6.3.1). */
  default void pictureLoss(long mediaSsrc) {}

  /** A key frame is wanted (RFC 5104 section 4.3.1); repetitions have the same {@code command}. */
  default void fullIntraRequest(long mediaSsrc, int command) {}

  /** The most that the receiver estimates it can take (draft-alvestrand-rmcat-remb-03). */
  default void maximumBitrate(long bitsPerSecond) {}

  /**
   * Arrivals by transport-wide number; the bytes of the message, for {@link TransportFeedback}.
   *
   * @throws MalformedPacketException if the handler reads the message and it is malformed
   */
  default void transportFeedback(byte[] buffer, int offset, int length)
      throws MalformedPacketException {}
}
