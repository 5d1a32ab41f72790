package io.github.kvslocal.media;

/** A track of a storage session: it has one of each, never more. */
public enum Track {
  VIDEO(1, Codec.H264),
  AUDIO(2, Codec.OPUS);

  private final int number;
  private final Codec codec;

  Track(int number, Codec codec) {
    this.number = number;
    this.codec = codec;
  }

  /** The Matroska track number; the service's recordings have video first. */
  public int number() {
    return number;
  }

  public Codec codec() {
    return codec;
  }
}
