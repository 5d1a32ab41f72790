package io.github.kvslocal.media;

/** The two codecs of a storage session (WebRTC ingestion, "Supported codecs"). */
public enum Codec {
  H264(90_000),
  OPUS(48_000);

  private final int clockRate;

  Codec(int clockRate) {
    this.clockRate = clockRate;
  }

  /** RTP ticks per second (RFC 6184 section 8.2.1, RFC 7587 section 4.1). */
  public int clockRate() {
    return clockRate;
  }
}
