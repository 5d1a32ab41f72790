package io.github.kvslocal.sdp;

/**
 * What a payload type stands for (RFC 8866 section 6.6).
 *
 * @param encoding such as {@code H264}; compared without case
 * @param clockRate in ticks per second
 */
public record RtpMap(int payloadType, String encoding, int clockRate) {}
