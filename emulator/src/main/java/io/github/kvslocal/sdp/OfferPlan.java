package io.github.kvslocal.sdp;

import java.util.ArrayList;
import java.util.List;

/**
 * What a storage session offers: one audio and one video section, bundled, audio first.
 *
 * <p>AWS does not say what its offer looks like in full. What was observed of it: audio first,
 * exactly Opus 111 and H.264 126, video with port 0 and bundle-only, no data channel. The
 * directions follow from what it accepts; the feedback, the header extensions and the bitrates are
 * ours.
 *
 * @param opus payload type
 * @param h264 payload type
 * @param rtx payload type of retransmitted video (RFC 4588)
 * @param transportCc id of the transport-wide sequence number extension
 * @param mid id of the MID extension (RFC 8843 section 15)
 */
public record OfferPlan(int opus, int h264, int rtx, int transportCc, int mid) {
  /** The extension that numbers every packet of a transport for congestion control. */
  public static final String TRANSPORT_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /** The extension that names the section a packet belongs to. */
  public static final String SDES_MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

  /** The payload types observed, RTX beside them. */
  public static final OfferPlan DEFAULT = new OfferPlan(111, 126, 127, 3, 4);

  private static final String AUDIO_MID = "0";
  private static final String VIDEO_MID = "1";

  /** The one media stream that a viewer is sent (RFC 8830). */
  private static final String STREAM_ID = "master";

  /** The one media stream that a master is sent: the sound of all viewers. */
  private static final String VIEWERS_STREAM_ID = "viewers";

  private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";

  /**
   * libwebrtc begins at 300 kbit/s and a quarter of the picture without these, and changes the
   * picture's size while it climbs; other clients ignore them.
   */
  private static final String START_BITRATES =
      "x-google-start-bitrate=2000;x-google-min-bitrate=600;x-google-max-bitrate=4000";

  /**
   * The offer to a master: it sends video, and sends and hears audio. ICE and DTLS lines are
   * repeated in each section, since the KVS C SDK reads them nowhere else. AWS does not say whether
   * its sound belongs to a stream; ours does, so that pages find one in their track events. The
   * SSRC is not named: Chromium begins with a quarter of the picture where it is.
   */
  public SessionDescription toMaster(
      long sessionId, IceCredentials credentials, Fingerprint fingerprint) {
    List<Attribute> transport = transport(credentials, fingerprint);
    return description(
        sessionId,
        audio(transport, List.of(sound(VIEWERS_STREAM_ID))),
        video(transport, Direction.RECVONLY, ";" + START_BITRATES, List.of()));
  }

  /**
   * The offer to a viewer: it sees the master, and hears everybody and may speak. Both tracks are
   * one stream, so that they are played in step.
   */
  public SessionDescription toViewer(
      long sessionId, IceCredentials credentials, Fingerprint fingerprint, OutgoingTracks tracks) {
    List<Attribute> transport = transport(credentials, fingerprint);
    List<Attribute> picture =
        List.of(
            new Attribute("msid", STREAM_ID + " video"),
            new Attribute("ssrc-group", "FID " + tracks.video() + " " + tracks.rtx()),
            name(tracks.video(), tracks),
            name(tracks.rtx(), tracks));
    return description(
        sessionId,
        audio(transport, List.of(sound(STREAM_ID), name(tracks.audio(), tracks))),
        video(transport, Direction.SENDONLY, "", picture));
  }

  private static Attribute sound(String streamId) {
    return new Attribute("msid", streamId + " audio");
  }

  private static Attribute name(long ssrc, OutgoingTracks tracks) {
    return new Attribute("ssrc", ssrc + " cname:" + tracks.canonicalName());
  }

  private static SessionDescription description(
      long sessionId, MediaSection audio, MediaSection video) {
    List<Attribute> session =
        List.of(
            new Attribute("ice-options", "trickle"),
            new Attribute("group", "BUNDLE " + AUDIO_MID + " " + VIDEO_MID));
    return new SessionDescription(sessionId, session, List.of(audio, video));
  }

  private List<Attribute> transport(IceCredentials credentials, Fingerprint fingerprint) {
    return List.of(
        new Attribute("ice-ufrag", credentials.ufrag()),
        new Attribute("ice-pwd", credentials.pwd()),
        new Attribute("fingerprint", fingerprint.toString()),
        new Attribute("setup", Setup.ACTPASS.attribute()),
        Attribute.property("rtcp-mux"),
        Attribute.property("rtcp-rsize"),
        new Attribute("extmap", transportCc + " " + TRANSPORT_CC),
        new Attribute("extmap", mid + " " + SDES_MID));
  }

  private MediaSection audio(List<Attribute> transport, List<Attribute> sent) {
    List<Attribute> attributes = new ArrayList<>(transport);
    attributes.add(Attribute.property(Direction.SENDRECV.attribute()));
    attributes.add(new Attribute("mid", AUDIO_MID));
    // Lower case: the KVS C SDK compares with it.
    attributes.add(new Attribute("rtpmap", opus + " opus/48000/2"));
    // Who agrees sends a lost packet again as it was; who does not know it leaves it out.
    attributes.add(new Attribute("rtcp-fb", opus + " nack"));
    attributes.add(new Attribute("rtcp-fb", opus + " transport-cc"));
    attributes.add(new Attribute("fmtp", opus + " minptime=10;useinbandfec=1"));
    attributes.addAll(sent);
    return new MediaSection("audio", 9, PROTOCOL, List.of(opus), attributes);
  }

  private MediaSection video(
      List<Attribute> transport, Direction direction, String bitrates, List<Attribute> sent) {
    List<Attribute> attributes = new ArrayList<>(transport);
    attributes.add(Attribute.property("bundle-only"));
    attributes.add(Attribute.property(direction.attribute()));
    attributes.add(new Attribute("mid", VIDEO_MID));
    attributes.add(new Attribute("rtpmap", h264 + " H264/90000"));
    for (String feedback : List.of("nack", "nack pli", "ccm fir", "transport-cc")) {
      attributes.add(new Attribute("rtcp-fb", h264 + " " + feedback));
    }
    attributes.add(
        new Attribute(
            "fmtp",
            h264
                + " level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"
                + bitrates));
    attributes.add(new Attribute("rtpmap", rtx + " rtx/90000"));
    attributes.add(new Attribute("fmtp", rtx + " apt=" + h264));
    attributes.addAll(sent);
    return new MediaSection("video", 0, PROTOCOL, List.of(h264, rtx), attributes);
  }
}
