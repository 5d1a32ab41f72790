package io.github.kvslocal.matroska;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * EBML elements in memory (RFC 8794). Elements that hold others have sizes of eight bytes, which
 * are known only when they are closed; so have numbers that are patched later.
 */
final class ElementWriter {
  /** What {@link #open} writes before the content of an element with an identifier of 4 bytes. */
  static final int HEAD = 4 + 8;

  private final boolean counting;
  private byte[] bytes;
  private int length;

  ElementWriter(int expectedSize) {
    this(false, expectedSize);
  }

  private ElementWriter(boolean counting, int expectedSize) {
    this.counting = counting;
    this.bytes = new byte[expectedSize];
  }

  /** A writer that keeps nothing: what is written to it only has a {@link #length}. */
  static ElementWriter counting() {
    return new ElementWriter(true, 0);
  }

  int length() {
    return length;
  }

  /** What was written: the array itself if the expected size was the right one. */
  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** Begins an element that holds others; returns where its content begins. */
  int open(int id) {
    id(id);
    number(8, 0);
    return length;
  }

  /** Begins an element of known size, which is not closed. */
  void open(int id, long size) {
    id(id);
    size8(size);
  }

  void close(int content) {
    int end = length;
    length = content - 8;
    size8(end - content);
    length = end;
  }

  /** As few bytes as the value needs, at least one. */
  void unsigned(int id, long value) {
    int count = Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 7) / 8);
    id(id);
    size(count);
    number(count, value);
  }

  /** In eight bytes; returns where they are, for {@link #patch}. */
  int wide(int id, long value) {
    id(id);
    size(8);
    number(8, value);
    return length - 8;
  }

  void patch(int position, long value) {
    int end = length;
    length = position;
    number(8, value);
    length = end;
  }

  void real(int id, double value) {
    wide(id, Double.doubleToRawLongBits(value));
  }

  void text(int id, String value) {
    binary(id, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  void binary(int id, ByteBuffer value) {
    id(id);
    size(value.remaining());
    raw(value);
  }

  void id(int id) {
    number((32 - Integer.numberOfLeadingZeros(id) + 7) / 8, id & 0xffffffffL);
  }

  /** A size in as few bytes as it needs (RFC 8794 section 6); all ones is reserved. */
  void size(long size) {
    int count = 1;
    while (size >= (1L << (7 * count)) - 1) {
      count++;
    }
    number(count, size | 1L << (7 * count));
  }

  void number(int count, long value) {
    if (counting) {
      length += count;
      return;
    }
    room(count);
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >> shift);
    }
  }

  void raw(ByteBuffer value) {
    int count = value.remaining();
    if (!counting) {
      room(count);
      value.get(value.position(), bytes, length, count);
    }
    length += count;
  }

  private void size8(long size) {
    number(8, size | 1L << 56);
  }

  private void room(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, length + length / 2));
    }
  }
}
