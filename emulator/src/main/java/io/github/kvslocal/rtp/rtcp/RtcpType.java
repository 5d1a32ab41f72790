package io.github.kvslocal.rtp.rtcp;

/** Packet types and feedback formats (IANA "RTP Parameters"). */
final class RtcpType {
  static final int SENDER_REPORT = 200;
  static final int RECEIVER_REPORT = 201;
  static final int SOURCE_DESCRIPTION = 202;
  static final int BYE = 203;
  static final int TRANSPORT_FEEDBACK = 205;
  static final int PAYLOAD_FEEDBACK = 206;

  /** Formats of {@link #TRANSPORT_FEEDBACK}. */
  static final int NACK = 1;

  static final int TRANSPORT_CC = 15;

  /** Formats of {@link #PAYLOAD_FEEDBACK}. */
  static final int PICTURE_LOSS = 1;

  static final int FULL_INTRA_REQUEST = 4;
  static final int APPLICATION = 15;

  /** The item of a source description that names the endpoint (RFC 3550 section 6.5.1). */
  static final int CNAME = 1;

  static final int BLOCK_SIZE = 24;

  private RtcpType() {}
}
