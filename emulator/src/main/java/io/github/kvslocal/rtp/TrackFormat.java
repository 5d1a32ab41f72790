package io.github.kvslocal.rtp;

/**
 * How one track was negotiated.
 *
 * @param payloadType 0 to 127, or {@link #NONE} when the track is absent
 * @param rtxPayloadType of its retransmissions (RFC 4588), or {@link #NONE}
 * @param nack whether missing packets are asked for (RFC 4585)
 * @param mid its media identification (RFC 9143); empty for none
 */
public record TrackFormat(int payloadType, int rtxPayloadType, boolean nack, String mid) {
  /** The payload type that nothing has. */
  public static final int NONE = -1;

  /** A track that was not negotiated. */
  public static final TrackFormat ABSENT = new TrackFormat(NONE, NONE, false, "");
}
