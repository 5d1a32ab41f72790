package io.github.kvslocal.rtp;

/**
 * How a peer's media has been received so far.
 *
 * @param keyFrameRequests picture loss indications sent
 * @param nacks packets asked for again, each time counted
 * @param transportFeedbacks transport-wide feedback messages sent
 * @param unknownPackets RTP packets of no negotiated payload type or track
 * @param malformedPackets packets that could not be read, RTP or RTCP
 */
public record ReceiverStatistics(
    TrackStatistics video,
    TrackStatistics audio,
    long keyFrameRequests,
    long nacks,
    long transportFeedbacks,
    long unknownPackets,
    long malformedPackets) {}
