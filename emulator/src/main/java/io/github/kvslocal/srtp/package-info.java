/**
 * SRTP and SRTCP (RFC 3711, RFC 7714) by jitsi-srtp, behind {@link
 * io.github.kvslocal.peer.SrtpContext}. Knows nothing of DTLS, sockets or sessions.
 */
@NullMarked
package io.github.kvslocal.srtp;

import org.jspecify.annotations.NullMarked;
