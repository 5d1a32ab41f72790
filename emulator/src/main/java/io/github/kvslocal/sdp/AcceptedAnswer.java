package io.github.kvslocal.sdp;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What an acceptable answer settles.
 *
 * @param setup of the answering side, active or passive
 * @param candidates those that came with the description
 * @param sendsAudio whether the answer announces audio of its own
 * @param receivesAudio whether it takes audio
 * @param sendsVideo whether it announces video of its own
 * @param receivesVideo whether it takes video
 * @param opus payload type
 * @param h264 payload type
 * @param rtx payload type; 0 if there is no retransmission
 * @param nack whether missing video packets may be asked for again (RFC 4585)
 * @param audioNack whether missing audio packets may be, without RTX
 * @param reducedSize whether feedback may go without a report in front (RFC 5506)
 * @param transportCc extension id; 0 if it was not agreed on
 * @param midExtension extension id; 0 if it was not agreed on
 * @param audioMid value of the audio section's MID
 * @param videoMid value of the video section's MID
 * @param parameterSets of H.264 that the answer tells, each a NAL unit behind its length as four
 *     bytes, read-only, from position 0; often empty
 */
public record AcceptedAnswer(
    IceCredentials credentials,
    Fingerprint fingerprint,
    Setup setup,
    List<IceCandidate> candidates,
    boolean sendsAudio,
    boolean receivesAudio,
    boolean sendsVideo,
    boolean receivesVideo,
    int opus,
    int h264,
    int rtx,
    boolean nack,
    boolean audioNack,
    boolean reducedSize,
    int transportCc,
    int midExtension,
    String audioMid,
    String videoMid,
    ByteBuffer parameterSets) {

  public AcceptedAnswer {
    candidates = List.copyOf(candidates);
  }

  @Override
  public ByteBuffer parameterSets() {
    return parameterSets.duplicate();
  }
}
