/**
 * Session descriptions (RFC 8866) and what they carry for WebRTC: candidates, fingerprints, codecs.
 */
@NullMarked
package io.github.kvslocal.sdp;

import org.jspecify.annotations.NullMarked;
