package io.github.kvslocal.rtp;

import java.time.Instant;

/**
 * What a {@link MediaSender} has to know of the negotiation.
 *
 * @param canonicalName our CNAME (RFC 7022)
 * @param mediaZero the wall-clock time that {@link io.github.kvslocal.media.MediaTime#ZERO} stands
 *     for in sender reports
 */
public record SendParameters(
    SendTrack video,
    SendTrack audio,
    HeaderExtensions extensions,
    String canonicalName,
    Instant mediaZero) {}
