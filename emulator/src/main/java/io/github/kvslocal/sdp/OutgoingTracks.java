package io.github.kvslocal.sdp;

/**
 * What a storage session announces of the tracks that it sends to a viewer (RFC 5576, RFC 8830).
 *
 * @param canonicalName the CNAME of all three
 * @param audio SSRC, 32 bits
 * @param video SSRC, 32 bits
 * @param rtx SSRC of retransmitted video, 32 bits
 */
public record OutgoingTracks(String canonicalName, long audio, long video, long rtx) {
  public OutgoingTracks {
    if (audio == video || video == rtx || rtx == audio) {
      throw new IllegalArgumentException("each stream needs an SSRC of its own");
    }
  }
}
