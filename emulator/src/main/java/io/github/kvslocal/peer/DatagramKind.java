package io.github.kvslocal.peer;

/** What a datagram on a bundled transport carries, told from its first bytes. */
public enum DatagramKind {
  STUN,
  DTLS,
  RTP,
  RTCP,
  UNKNOWN;

  // RFC 7983 section 7              RFC 5761 section 4
  //   [0..3]     STUN                 second byte [192..223]  RTCP
  //   [20..63]   DTLS                 second byte otherwise   RTP
  //   [128..191] RTP or RTCP
  /** Looks at the first two bytes; anything shorter than a header is unknown. */
  public static DatagramKind of(byte[] buffer, int offset, int length) {
    if (length < 2) {
      return UNKNOWN;
    }
    int first = buffer[offset] & 0xFF;
    if (first <= 3) {
      return STUN;
    }
    if (first >= 20 && first <= 63) {
      return DTLS;
    }
    if (first >= 128 && first <= 191) {
      int second = buffer[offset + 1] & 0xFF;
      return second >= 192 && second <= 223 ? RTCP : RTP;
    }
    return UNKNOWN;
  }
}
