/** Opus as RTP payload (RFC 7587): one Opus packet is one payload, untouched. */
@NullMarked
package io.github.kvslocal.rtp.opus;

import org.jspecify.annotations.NullMarked;
