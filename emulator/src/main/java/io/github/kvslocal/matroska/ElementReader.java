package io.github.kvslocal.matroska;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The elements within one element, one after the other (RFC 8794). Every size is checked against
 * what holds it; sizes that are not known are declined, since this package writes none.
 */
final class ElementReader {
  private final ByteBuffer bytes;
  private final int end;
  private int next;
  private int id;
  private int start;
  private int content;

  /** The elements of these bytes, whose positions count from their start. */
  ElementReader(ByteBuffer bytes) {
    this(bytes, 0, bytes.limit());
  }

  /** The elements of a file of this size, as far as they begin in these first bytes of it. */
  static ElementReader ofHead(ByteBuffer head, int size) {
    return new ElementReader(head, 0, size);
  }

  private ElementReader(ByteBuffer bytes, int from, int end) {
    this.bytes = bytes;
    this.next = from;
    this.end = end;
  }

  /** Goes to the next element; false after the last. */
  boolean advance() throws MalformedMatroskaException {
    if (next == end) {
      return false;
    }
    start = next;
    id = (int) number(start, lengthAt(start, 4));
    int sizeAt = start + lengthAt(start, 4);
    int sizeLength = lengthAt(sizeAt, 8);
    long mask = (1L << (7 * sizeLength)) - 1;
    long size = number(sizeAt, sizeLength) & mask;
    content = sizeAt + sizeLength;
    if (size == mask || size > end - content) {
      throw new MalformedMatroskaException(
          "the element at %d is longer than what holds it".formatted(start));
    }
    next = content + (int) size;
    return true;
  }

  int id() {
    return id;
  }

  /** Where the element begins, its identifier included. */
  int start() {
    return start;
  }

  int content() {
    return content;
  }

  int end() {
    return next;
  }

  ElementReader children() {
    return new ElementReader(bytes, content, next);
  }

  long unsigned() throws MalformedMatroskaException {
    int length = next - content;
    long value = length > 8 ? -1 : number(content, length);
    if (value < 0) {
      throw new MalformedMatroskaException("the number at %d is too big".formatted(start));
    }
    return value;
  }

  /** An unsigned number that has its own limits, at most {@code most}. */
  int unsigned(int most) throws MalformedMatroskaException {
    long value = unsigned();
    if (value > most) {
      throw new MalformedMatroskaException("the number at %d is too big".formatted(start));
    }
    return (int) value;
  }

  long signed() throws MalformedMatroskaException {
    if (next - content != 8) {
      throw new MalformedMatroskaException("the date at %d has not 8 bytes".formatted(start));
    }
    return bytes.getLong(content);
  }

  double real() throws MalformedMatroskaException {
    return switch (next - content) {
      case 4 -> bytes.getFloat(content);
      case 8 -> bytes.getDouble(content);
      default ->
          throw new MalformedMatroskaException(
              "the number at %d has neither 4 nor 8 bytes".formatted(start));
    };
  }

  String text() {
    return StandardCharsets.UTF_8.decode(binary()).toString();
  }

  ByteBuffer binary() {
    return bytes.slice(content, next - content).asReadOnlyBuffer();
  }

  /** How many bytes the number with a length marker here has (RFC 8794 section 4). */
  private int lengthAt(int at, int most) throws MalformedMatroskaException {
    int known = Math.min(end, bytes.limit());
    int length = at < known ? Integer.numberOfLeadingZeros(bytes.get(at) & 0xff) - 23 : 9;
    if (length > most || length > known - at) {
      throw new MalformedMatroskaException("no element begins at %d".formatted(at));
    }
    return length;
  }

  private long number(int at, int length) {
    long value = 0;
    for (int i = at; i < at + length; i++) {
      value = value << 8 | (bytes.get(i) & 0xff);
    }
    return value;
  }
}
