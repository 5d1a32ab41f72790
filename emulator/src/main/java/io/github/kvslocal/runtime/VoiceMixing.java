package io.github.kvslocal.runtime;

import io.github.kvslocal.routing.voice.OpusCodec;

/**
 * How voices are mixed.
 *
 * @param recorded whether the mix of everybody is stored while viewers send audio; otherwise the
 *     master's own sound always is
 */
public record VoiceMixing(OpusCodec codec, boolean recorded) {}
