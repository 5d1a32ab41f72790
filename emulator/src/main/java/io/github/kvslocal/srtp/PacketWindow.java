package io.github.kvslocal.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/**
 * A part of somebody else's array that the library works on in place; one is reused for every
 * packet, so that protecting allocates nothing of ours.
 */
final class PacketWindow implements ByteArrayBuffer {
  private byte[] buffer = new byte[0];
  private int offset;
  private int length;

  /** Looks at {@code newBuffer[newOffset, newOffset + newLength)} from now on. */
  PacketWindow over(byte[] newBuffer, int newOffset, int newLength) {
    buffer = newBuffer;
    offset = newOffset;
    length = newLength;
    return this;
  }

  @Override
  public byte[] getBuffer() {
    return buffer;
  }

  @Override
  public int getOffset() {
    return offset;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int newLength) {
    length = newLength;
  }

  @Override
  public void setOffset(int newOffset) {
    offset = newOffset;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int from, int count, byte[] target) {
    System.arraycopy(buffer, offset + from, target, 0, count);
  }

  /** The room behind the packet was checked before: a window cannot grow past its array. */
  @Override
  public void grow(int count) {
    if (buffer.length - offset - length < count) {
      throw new IndexOutOfBoundsException("no room for " + count + " more bytes");
    }
  }

  @Override
  public void append(byte[] data, int count) {
    grow(count);
    System.arraycopy(data, 0, buffer, offset + length, count);
    length += count;
  }

  @Override
  public void shrink(int count) {
    length -= count;
  }
}
