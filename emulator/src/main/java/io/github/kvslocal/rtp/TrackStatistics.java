package io.github.kvslocal.rtp;

/**
 * How one track has been received so far.
 *
 * @param packets of the track's own stream, padding and duplicates included
 * @param bytes of those packets, headers included
 * @param lost packets that never came in time
 * @param recovered packets that came as retransmission
 * @param duplicates packets that came twice
 * @param late packets that came after they had been given up
 * @param frames whole frames
 * @param keyFrames of those, frames where decoding can start
 * @param droppedFrames frames dropped since part of them was missing or malformed
 */
public record TrackStatistics(
    long packets,
    long bytes,
    long lost,
    long recovered,
    long duplicates,
    long late,
    long frames,
    long keyFrames,
    long droppedFrames) {}
