package io.github.kvslocal.routing.voice;

/**
 * The measure of all mixing: 20 ms of sound at 48 kHz in one channel, as signed 16-bit samples.
 *
 * <p>One channel, since browsers send voice in one channel, and a mix of voices has no places in a
 * room. Packets that pass through unmixed keep the channels that they have.
 */
public final class PcmFrame {
  /** Samples in a frame. */
  public static final int SAMPLES = 960;

  /** Samples per second. */
  public static final int RATE = 48_000;

  /** The length of a frame in nanoseconds. */
  public static final long NANOS = 20_000_000L;

  private PcmFrame() {}

  /** The time that samples take, in nanoseconds. */
  static long nanos(int samples) {
    return samples * 1_000_000_000L / RATE;
  }
}
