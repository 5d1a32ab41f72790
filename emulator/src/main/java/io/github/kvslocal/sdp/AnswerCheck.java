package io.github.kvslocal.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Judges an answer by the rules of a storage session (webrtc-dg, troubleshoot-establish-storage): a
 * master sends H.264 only, and Opus one way or both; a viewer receives H.264 only, and Opus one way
 * or both. Each complaint says what was found, what was expected and what to do.
 */
public final class AnswerCheck {
  private static final int SECTIONS = 2;

  /** Those that are not broken. */
  private static final Set<String> HASH_FUNCTIONS = Set.of("sha-256", "sha-384", "sha-512");

  private final OfferPlan plan;

  /** Judges answers to offers of this plan. */
  public AnswerCheck(OfferPlan plan) {
    this.plan = plan;
  }

  /** What a master's answer settles, or a complaint in plain words. */
  public AcceptedAnswer ofMaster(SessionDescription answer) throws UnacceptableAnswerException {
    requireBothSections(answer);
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
          "the master's audio must be sendonly, sendrecv or (without a microphone) recvonly, but"
              + " the answer says inactive; keep an audio transceiver");
    }
    return settled(answer, video, audio);
  }

  /** What a viewer's answer settles, or a complaint in plain words. */
  public AcceptedAnswer ofViewer(SessionDescription answer) throws UnacceptableAnswerException {
    requireBothSections(answer);
    MediaSection video = used(answer, "video");
    MediaSection audio = used(answer, "audio");
    switch (video.direction()) {
      case RECVONLY -> {}
      // Documented is recvonly, and what is offered sendonly can only be answered with recvonly or
      // inactive (RFC 3264 section 6.1). Who says more means to send, and is told rather than cut.
      case SENDONLY, SENDRECV ->
          throw new UnacceptableAnswerException(
              "a viewer sends no video, but the answer says "
                  + video.direction().attribute()
                  + "; answer the video section with recvonly, or join as the master");
      case INACTIVE ->
          throw new UnacceptableAnswerException(
              "the viewer's video must be recvonly, but the answer says inactive; keep a video"
                  + " transceiver that receives");
    }
    if (audio.direction() != Direction.RECVONLY && audio.direction() != Direction.SENDRECV) {
      throw new UnacceptableAnswerException(
          "the viewer's audio must be recvonly or sendrecv, but the answer says "
              + audio.direction().attribute()
              + "; keep an audio transceiver that receives");
    }
    return settled(answer, video, audio);
  }

  private static void requireBothSections(SessionDescription answer)
      throws UnacceptableAnswerException {
    if (answer.media().size() != SECTIONS) {
      throw new UnacceptableAnswerException(
          "an answer has as many sections as its offer (RFC 3264), that is %d and not %d"
              .formatted(SECTIONS, answer.media().size()));
    }
  }

  private AcceptedAnswer settled(SessionDescription answer, MediaSection video, MediaSection audio)
      throws UnacceptableAnswerException {
    int h264 = payloadType(video, "H264", plan.h264());
    int opus = payloadType(audio, "opus", plan.opus());
    MediaSection transport = answer.media().get(0).rejected() ? video : answer.media().get(0);
    return new AcceptedAnswer(
        credentials(answer, transport),
        fingerprint(answer, transport),
        setup(answer, transport),
        candidates(answer),
        audio.direction().sends(),
        audio.direction().receives(),
        video.direction().sends(),
        video.direction().receives(),
        opus,
        h264,
        retransmission(video, h264),
        feedback(video, h264, "nack"),
        feedback(audio, opus, "nack"),
        transport.value("rtcp-rsize").isPresent(),
        extension(video, audio, OfferPlan.TRANSPORT_CC),
        extension(video, audio, OfferPlan.SDES_MID),
        audio.mid(),
        video.mid(),
        SpropParameterSets.of(video.formatParameters(h264)));
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

  /** Both sections are bundled, so they have one transport and one set of credentials. */
  private static IceCredentials credentials(SessionDescription answer, MediaSection transport)
      throws UnacceptableAnswerException {
    IceCredentials credentials =
        answer
            .credentials(transport)
            .orElseThrow(
                () ->
                    new UnacceptableAnswerException(
                        "the answer needs an a=ice-ufrag of 4 to 256 ice-chars and an a=ice-pwd of"
                            + " 22 to 256 (RFC 8839)"));
    for (MediaSection section : answer.media()) {
      // A bundled section may leave them to the first one (RFC 8843 section 7.1.3).
      if (!answer.credentials(section).orElse(credentials).equals(credentials)) {
        throw new UnacceptableAnswerException(
            "the sections of the answer have different ICE credentials; answer with both bundled");
      }
    }
    return credentials;
  }

  private static Fingerprint fingerprint(SessionDescription answer, MediaSection transport)
      throws UnacceptableAnswerException {
    Fingerprint fingerprint =
        answer
            .fingerprint(transport)
            .orElseThrow(
                () ->
                    new UnacceptableAnswerException("the answer has no a=fingerprint (RFC 8122)"));
    if (!HASH_FUNCTIONS.contains(fingerprint.hashFunction())) {
      throw new UnacceptableAnswerException(
          "the answer's fingerprint must be one of %s, not %s"
              .formatted(HASH_FUNCTIONS, fingerprint.hashFunction()));
    }
    return fingerprint;
  }

  // RFC 5763 section 5: an answer is active or passive; RFC 4145 section 4: absent means active.
  private static Setup setup(SessionDescription answer, MediaSection transport)
      throws UnacceptableAnswerException {
    String said = answer.setup(transport).orElse(Setup.ACTIVE.attribute());
    if (said.equals(Setup.ACTIVE.attribute())) {
      return Setup.ACTIVE;
    }
    if (said.equals(Setup.PASSIVE.attribute())) {
      return Setup.PASSIVE;
    }
    throw new UnacceptableAnswerException(
        "an answer decides on setup:active or setup:passive (RFC 5763)");
  }

  private static List<IceCandidate> candidates(SessionDescription answer) {
    List<IceCandidate> candidates = new ArrayList<>();
    answer.media().forEach(section -> candidates.addAll(section.candidates()));
    return candidates;
  }
}
