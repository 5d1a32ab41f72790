package io.github.kvslocal.routing.voice;

/** Makes decoders and encoders of Opus (RFC 6716), one for each stream. */
public interface OpusCodec {
  OpusDecoder decoder();

  OpusEncoder encoder();
}
