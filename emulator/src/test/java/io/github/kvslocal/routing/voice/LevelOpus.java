package io.github.kvslocal.routing.voice;

import java.util.Arrays;

/**
 * A codec of constant levels: a packet says how loud its samples are, all alike. Its packets are
 * Opus as far as the first bytes tell. It counts what it has made and done.
 */
final class LevelOpus implements OpusCodec {
  /** CELT, full band, 20 ms, one channel (RFC 6716 section 3.1). */
  private static final int TWENTY = 31 << 3;

  /** CELT, full band, 10 ms, with a count of frames. */
  private static final int TENS = 30 << 3 | 3;

  int decoders;
  int decoded;
  int recovered;
  int encoders;

  /** A packet of 20 ms. */
  static byte[] packet(int level) {
    return new byte[] {(byte) TWENTY, (byte) (level >> 8), (byte) level};
  }

  /** A packet of that many times 10 ms. */
  static byte[] packetOfTens(int count, int level) {
    return new byte[] {(byte) TENS, (byte) count, (byte) (level >> 8), (byte) level};
  }

  /** A packet of 20 ms and of that many bytes. */
  static byte[] packetOfBytes(int size, int level) {
    return longer(packet(level), size);
  }

  /** The same packet, with nothing of meaning before its level. */
  static byte[] longer(byte[] packet, int size) {
    byte[] longer = new byte[size];
    System.arraycopy(packet, 0, longer, 0, packet.length - 2);
    System.arraycopy(packet, packet.length - 2, longer, size - 2, 2);
    return longer;
  }

  static int level(byte[] packet, int length) {
    return packet[length - 2] << 8 | (packet[length - 1] & 0xFF);
  }

  @Override
  public OpusDecoder decoder() {
    decoders++;
    return new OpusDecoder() {
      private int last;

      @Override
      public void reset() {
        last = 0;
      }

      @Override
      public int decode(byte[] packet, int length, short[] pcm, int at) {
        decoded++;
        int samples = (packet[0] & 3) == 3 ? packet[1] * 480 : PcmFrame.SAMPLES;
        last = level(packet, length);
        Arrays.fill(pcm, at, at + samples, (short) last);
        return samples;
      }

      @Override
      public void conceal(short[] pcm) {
        Arrays.fill(pcm, 0, PcmFrame.SAMPLES, (short) last);
      }

      @Override
      public void recover(byte[] next, int length, short[] pcm) {
        recovered++;
        conceal(pcm);
      }
    };
  }

  @Override
  public OpusEncoder encoder() {
    encoders++;
    return new OpusEncoder() {
      @Override
      public void begin(short[] before) {}

      @Override
      public byte[] encode(short[] pcm) {
        return packet(pcm[Limiter.STEP]); // where the frame begins
      }
    };
  }
}
