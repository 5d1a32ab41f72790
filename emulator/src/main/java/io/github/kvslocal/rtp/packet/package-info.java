/** RTP packets and their circular numbers (RFC 3550 section 5.1, RFC 8285). */
@NullMarked
package io.github.kvslocal.rtp.packet;

import org.jspecify.annotations.NullMarked;
