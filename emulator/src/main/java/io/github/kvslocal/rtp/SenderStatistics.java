package io.github.kvslocal.rtp;

/**
 * What a {@link MediaSender} has sent and been told so far.
 *
 * @param videoPackets of the video stream, first transmissions only
 * @param audioPackets of the audio stream
 * @param retransmissions packets sent again
 * @param forgotten packets asked for again that were too old
 * @param keyFrameRequests picture loss indications and full intra requests
 * @param transportFeedbacks transport-wide feedback messages
 * @param acknowledged packets that those reported received
 * @param receiverReports blocks that spoke of our streams
 */
public record SenderStatistics(
    long videoPackets,
    long audioPackets,
    long retransmissions,
    long forgotten,
    long keyFrameRequests,
    long transportFeedbacks,
    long acknowledged,
    long receiverReports) {}
