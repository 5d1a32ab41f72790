/**
 * Opus by Concentus, behind {@link io.github.kvslocal.routing.voice.OpusCodec}. Knows nothing of
 * who talks or listens.
 */
@NullMarked
package io.github.kvslocal.codec;

import org.jspecify.annotations.NullMarked;
