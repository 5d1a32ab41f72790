package io.github.kvslocal.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * A master's or a viewer's answer, for a peer of our own: it mirrors the offer section by section,
 * as JSEP says (RFC 8829 section 5.3). Who is offered a picture answers as a viewer, who hears.
 *
 * @param sendsAudio whether audio is announced; without it the audio section only receives
 * @param hears whether a master takes audio beside its own; who sends none takes it anyway, and so
 *     does a viewer
 * @param setup active or passive
 */
public record AnswerPlan(boolean sendsAudio, boolean hears, Setup setup) {
  private static final List<String> MIRRORED =
      List.of(
          "group",
          "ice-options",
          "mid",
          "rtcp-mux",
          "rtcp-rsize",
          "extmap",
          "rtpmap",
          "rtcp-fb",
          "fmtp");

  /** Of a master that takes no audio beside its own. */
  public AnswerPlan(boolean sendsAudio, Setup setup) {
    this(sendsAudio, false, setup);
  }

  /** Answers an offer of one audio and one video section. */
  public SessionDescription answer(
      SessionDescription offer, IceCredentials credentials, Fingerprint fingerprint) {
    boolean sees =
        offer.section("video").map(MediaSection::direction).orElse(Direction.RECVONLY)
            == Direction.SENDONLY;
    Direction video = sees ? Direction.RECVONLY : Direction.SENDONLY;
    Direction voice = sees || hears ? Direction.SENDRECV : Direction.SENDONLY;
    Direction audio = sendsAudio ? voice : Direction.RECVONLY;
    List<MediaSection> sections = new ArrayList<>();
    for (MediaSection offered : offer.media()) {
      List<Attribute> attributes = new ArrayList<>();
      attributes.add(new Attribute("ice-ufrag", credentials.ufrag()));
      attributes.add(new Attribute("ice-pwd", credentials.pwd()));
      attributes.add(new Attribute("fingerprint", fingerprint.toString()));
      attributes.add(new Attribute("setup", setup.attribute()));
      Direction direction = offered.kind().equals("video") ? video : audio;
      attributes.add(Attribute.property(direction.attribute()));
      offered.attributes().stream()
          .filter(attribute -> MIRRORED.contains(attribute.name()))
          .forEach(attributes::add);
      sections.add(
          new MediaSection(
              offered.kind(), 9, offered.protocol(), offered.payloadTypes(), attributes));
    }
    List<Attribute> session =
        offer.attributes().stream().filter(a -> MIRRORED.contains(a.name())).toList();
    return new SessionDescription(offer.sessionId() + 1, session, sections);
  }
}
