/** H.264 as RTP payload (RFC 6184, packetization modes 0 and 1). */
@NullMarked
package io.github.kvslocal.rtp.h264;

import org.jspecify.annotations.NullMarked;
