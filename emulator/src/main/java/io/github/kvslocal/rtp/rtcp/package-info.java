/** RTCP packets read and written (RFC 3550 section 6, RFC 4585, RFC 5104, transport-cc). */
@NullMarked
package io.github.kvslocal.rtp.rtcp;

import org.jspecify.annotations.NullMarked;
