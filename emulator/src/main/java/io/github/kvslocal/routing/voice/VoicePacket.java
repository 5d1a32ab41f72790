package io.github.kvslocal.routing.voice;

import io.github.kvslocal.media.EncodedFrame;

/**
 * A talker's packet on the talker's own clock.
 *
 * @param frame the Opus packet as it came
 * @param samples how long it is, 120 to 5,760 samples at 48 kHz
 */
record VoicePacket(EncodedFrame frame, int samples) {
  /** When its first sample was, in nanoseconds of the talker's live clock. */
  long start() {
    return frame.time().nanos();
  }

  /** When its last sample was over. */
  long end() {
    return start() + PcmFrame.nanos(samples);
  }

  /** Whether it is exactly what a listener is sent at a tick. */
  boolean isWholeFrame() {
    return samples == PcmFrame.SAMPLES;
  }
}
