/**
 * DTLS 1.2 with use_srtp (RFC 6347, RFC 5764) by BouncyCastle on the JDK's ciphers, behind {@link
 * io.github.kvslocal.peer.DtlsEndpoint}. Knows nothing of sockets or sessions.
 */
@NullMarked
package io.github.kvslocal.dtls;

import org.jspecify.annotations.NullMarked;
