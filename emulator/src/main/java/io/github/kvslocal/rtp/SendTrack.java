package io.github.kvslocal.rtp;

/**
 * One track of a {@link MediaSender}.
 *
 * @param ssrc 0 to 2^32 - 1
 * @param rtxSsrc of retransmissions, if {@code format} has them
 * @param firstSequenceNumber 0 to 65535
 * @param firstTimestamp the RTP timestamp of {@link io.github.kvslocal.media.MediaTime#ZERO}
 */
public record SendTrack(
    TrackFormat format, long ssrc, long rtxSsrc, int firstSequenceNumber, int firstTimestamp) {}
