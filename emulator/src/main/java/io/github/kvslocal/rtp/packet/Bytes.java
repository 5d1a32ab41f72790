package io.github.kvslocal.rtp.packet;

/** Numbers in network byte order, at a place in an array. */
public final class Bytes {
  private Bytes() {}

  /** Two bytes, 0 to 65535. */
  public static int unsigned16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }

  /** Three bytes, 0 to 2^24 - 1. */
  public static int unsigned24(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 16 | unsigned16(bytes, at + 1);
  }

  /** Four bytes as they are. */
  public static int signed32(byte[] bytes, int at) {
    return unsigned16(bytes, at) << 16 | unsigned16(bytes, at + 2);
  }

  /** Four bytes, 0 to 2^32 - 1. */
  public static long unsigned32(byte[] bytes, int at) {
    return signed32(bytes, at) & 0xFFFF_FFFFL;
  }

  /** Eight bytes as they are. */
  public static long signed64(byte[] bytes, int at) {
    return unsigned32(bytes, at) << 32 | unsigned32(bytes, at + 4);
  }

  /** Writes the low two bytes of a number. */
  public static void put16(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 8);
    bytes[at + 1] = (byte) value;
  }

  /** Writes the low three bytes of a number. */
  public static void put24(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >> 16);
    put16(bytes, at + 1, value);
  }

  /** Writes the low four bytes of a number. */
  public static void put32(byte[] bytes, int at, long value) {
    put16(bytes, at, (int) (value >> 16));
    put16(bytes, at + 2, (int) value);
  }

  /** Writes eight bytes. */
  public static void put64(byte[] bytes, int at, long value) {
    put32(bytes, at, value >> 32);
    put32(bytes, at + 4, value);
  }
}
