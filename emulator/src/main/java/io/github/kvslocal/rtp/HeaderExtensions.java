package io.github.kvslocal.rtp;

/**
 * The negotiated header extension identifiers, 1 to 14; 0 where not negotiated (RFC 8285).
 *
 * @param transportSequence {@code
 *     http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01}
 * @param mid {@code urn:ietf:params:rtp-hdrext:sdes:mid}
 */
public record HeaderExtensions(int transportSequence, int mid) {
  /** Nothing negotiated. */
  public static final HeaderExtensions NONE = new HeaderExtensions(0, 0);
}
