package io.github.kvslocal.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges a master's answer by the rules of a storage session (webrtc-dg,
 * troubleshoot-establish-storage): H.264 sent only, Opus sent or both ways. Each complaint says
 * what was found, what was expected and what to do.
 */
public final class AnswerCheck {
  private final OfferPlan plan;

  /** Judges answers to offers of this plan. */
  public AnswerCheck(OfferPlan plan) {
    this.plan = plan;
  }

  /** What the answer settles, or a complaint in plain words. */
  public AcceptedAnswer ofMaster(SessionDescription answer) throws UnacceptableAnswerException {
    MediaSection video = used(answer, "video");
    MediaSection audio = used(answer, "audio");
    if (video.direction() != Direction.SENDONLY) {
      throw new UnacceptableAnswerException(
          "the master's video must be sendonly, but the answer says "
              + video.direction().attribute()
              + "; add a video track before answering");
    }
    // Documented are sendonly and sendrecv; observed is that recvonly passes too, so that a master
    // without a microphone can join.
    if (audio.direction() == Direction.INACTIVE) {
      throw new UnacceptableAnswerException(
          "the master's audio must be sendonly, sendrecv or (without a microphone) recvonly, but the"
              + " answer says inactive; keep an audio transceiver");
    }
    int h264 = payloadType(video, "H264", plan.h264());
    int opus = payloadType(audio, "opus", plan.opus());
    MediaSection transport = answer.media().get(0).rejected() ? video : answer.media().get(0);
    return new AcceptedAnswer(
        answer.credentials(transport).orElseThrow(() -> missing("ice-ufrag and ice-pwd")),
        answer.fingerprint(transport).orElseThrow(() -> missing("fingerprint")),
        setup(answer, transport),
        candidates(answer),
        audio.direction() != Direction.RECVONLY,
        opus,
        h264,
        retransmission(video, h264),
        feedback(video, h264, "nack"),
        transport.value("rtcp-rsize").isPresent(),
        extension(video, audio, OfferPlan.TRANSPORT_CC),
        extension(video, audio, OfferPlan.SDES_MID),
        audio.mid(),
        video.mid());
  }

  private static MediaSection used(SessionDescription answer, String kind)
      throws UnacceptableAnswerException {
    MediaSection section =
        answer
            .section(kind)
            .orElseThrow(
                () ->
                    new UnacceptableAnswerException(
                        "the answer has no "
                            + kind
                            + " section; a storage session needs both, audio and video"));
    if (section.rejected()) {
      throw new UnacceptableAnswerException(
          "the answer rejects the "
              + kind
              + " section (port 0); a client without "
              + (kind.equals("video") ? "H.264" : "Opus")
              + " cannot join a storage session");
    }
    return section;
  }

  private static int payloadType(MediaSection section, String encoding, int offered)
      throws UnacceptableAnswerException {
    boolean chosen =
        section.payloadTypes().contains(offered)
            && section.rtpMaps().stream()
                .anyMatch(
                    map ->
                        map.payloadType() == offered && map.encoding().equalsIgnoreCase(encoding));
    if (!chosen) {
      throw new UnacceptableAnswerException(
          "the answer's %s section must keep %s as payload type %d, but it has %s"
              .formatted(section.kind(), encoding, offered, section.rtpMaps()));
    }
    return offered;
  }

  private int retransmission(MediaSection video, int h264) {
    boolean kept =
        video.payloadTypes().contains(plan.rtx())
            && video.formatParameters(plan.rtx()).contains("apt=" + h264);
    return kept ? plan.rtx() : 0;
  }

  // RFC 4585 section 4.2: a payload type, or a star for all of them.
  private static boolean feedback(MediaSection section, int payloadType, String kind) {
    return section
        .values("rtcp-fb")
        .anyMatch(value -> value.equals(payloadType + " " + kind) || value.equals("* " + kind));
  }

  private static int extension(MediaSection video, MediaSection audio, String uri) {
    return video.extensionId(uri).orElse(audio.extensionId(uri).orElse(0));
  }

  // RFC 5763 section 5: an answer is active or passive; RFC 4145 section 4: absent means active.
  private static Setup setup(SessionDescription answer, MediaSection transport)
      throws UnacceptableAnswerException {
    Setup setup = answer.setup(transport).orElse(Setup.ACTIVE);
    if (setup == Setup.ACTPASS) {
      throw new UnacceptableAnswerException(
          "an answer decides on setup:active or setup:passive; actpass is for offers (RFC 5763)");
    }
    return setup;
  }

  private static List<IceCandidate> candidates(SessionDescription answer) {
    List<IceCandidate> candidates = new ArrayList<>();
    answer.media().forEach(section -> candidates.addAll(section.candidates()));
    return candidates;
  }

  private static UnacceptableAnswerException missing(String what) {
    return new UnacceptableAnswerException("the answer has no a=" + what);
  }
}
