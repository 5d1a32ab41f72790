package io.github.kvslocal.rtp;

/**
 * What a {@link MediaSender} has sent and been told so far.
 *
 * @param videoPackets of the video stream, first transmissions only
 * @param audioPackets of the audio stream
 * @param retransmissions packets sent again
 * @param forgotten packets asked for again that were too old
 * @param declined packets asked for again too soon after they were, or beyond what is sent again in
 *     so short a time
 * @param keyFrameRequests picture loss indications and full intra requests
 * @param transportFeedbacks transport-wide feedback messages
 * @param acknowledged packets that those reported received
 * @param receiverReports blocks that spoke of our streams
 * @param refusedFrames frames that were too large, or of a track that was not negotiated
 * @param malformedPackets RTCP packets that could not be read
 */
public record SenderStatistics(
    long videoPackets,
    long audioPackets,
    long retransmissions,
    long forgotten,
    long declined,
    long keyFrameRequests,
    long transportFeedbacks,
    long acknowledged,
    long receiverReports,
    long refusedFrames,
    long malformedPackets) {}
