package io.github.kvslocal.rtp.opus;

import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.time.Duration;

/** What an Opus packet says about itself in its first bytes (RFC 6716 section 3). */
public final class OpusPacket {
  /** Samples per second that durations are counted in, whatever the bandwidth. */
  public static final int CLOCK_RATE = 48_000;

  /** Samples at 48 kHz of the longest packet: 120 ms (RFC 6716 section 3.2.5, requirement R5). */
  public static final int MAX_SAMPLES = 5_760;

  private OpusPacket() {}

  /**
   * Samples at 48 kHz per channel, 120 to 5760.
   *
   * @throws MalformedPacketException if the packet is empty, lacks its frame count, or holds no
   *     frame or more than 120 ms
   */
  public static int samples(byte[] packet, int offset, int length) throws MalformedPacketException {
    if (length < 1) {
      throw new MalformedPacketException("Opus packet is empty");
    }
    int toc = packet[offset] & 0xFF;
    int samples = frameSamples(toc >> 3) * frames(toc, packet, offset, length);
    if (samples == 0 || samples > MAX_SAMPLES) {
      throw new MalformedPacketException("Opus packet holds no frame or more than 120 ms");
    }
    return samples;
  }

  /** The same as {@link #samples} as time. */
  public static Duration duration(byte[] packet, int offset, int length)
      throws MalformedPacketException {
    return Duration.ofNanos(samples(packet, offset, length) * 1_000_000_000L / CLOCK_RATE);
  }

  /** Samples of one frame in a configuration, 0 to 31 (RFC 6716 section 3.1, table 2). */
  private static int frameSamples(int configuration) {
    int step = configuration & 3;
    if (configuration < 12) {
      return step == 3 ? 2_880 : 480 << step; // SILK: 10, 20, 40, 60 ms
    }
    if (configuration < 16) {
      return 480 << (configuration & 1); // hybrid: 10, 20 ms
    }
    return 120 << step; // CELT: 2.5, 5, 10, 20 ms
  }

  private static int frames(int toc, byte[] packet, int offset, int length)
      throws MalformedPacketException {
    int code = toc & 3;
    if (code < 3) {
      return code == 0 ? 1 : 2;
    }
    if (length < 2) {
      throw new MalformedPacketException("Opus packet lacks its frame count");
    }
    return packet[offset + 1] & 0x3F;
  }
}
