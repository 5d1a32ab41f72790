package io.github.kvslocal.rtp;

/**
 * What a {@link MediaReceiver} has to know of the negotiation. SSRCs are not part of it: streams
 * are told by payload type, and by media identification where that is unknown.
 *
 * @param canonicalName our CNAME (RFC 7022)
 * @param reducedSize whether feedback may go without a report in front (RFC 5506)
 * @param keepsLossyPictures whether what came of a picture that lost packets is kept
 */
public record ReceiveParameters(
    TrackFormat video,
    TrackFormat audio,
    HeaderExtensions extensions,
    String canonicalName,
    boolean reducedSize,
    ReceiveTiming timing,
    boolean keepsLossyPictures) {
  /** Parameters with which a picture that lost packets is dropped whole. */
  public ReceiveParameters(
      TrackFormat video,
      TrackFormat audio,
      HeaderExtensions extensions,
      String canonicalName,
      boolean reducedSize,
      ReceiveTiming timing) {
    this(video, audio, extensions, canonicalName, reducedSize, timing, false);
  }

  /** Parameters with the usual waits and reduced-size feedback. */
  public static ReceiveParameters of(
      TrackFormat video, TrackFormat audio, HeaderExtensions extensions, String canonicalName) {
    return new ReceiveParameters(
        video, audio, extensions, canonicalName, true, ReceiveTiming.DEFAULT);
  }

  /** The same with other waits. */
  public ReceiveParameters with(ReceiveTiming otherTiming) {
    return new ReceiveParameters(
        video, audio, extensions, canonicalName, reducedSize, otherTiming, keepsLossyPictures);
  }

  /** The same, and what came of a picture that lost packets is kept or not. */
  public ReceiveParameters withLossyPictures(boolean kept) {
    return new ReceiveParameters(
        video, audio, extensions, canonicalName, reducedSize, timing, kept);
  }
}
