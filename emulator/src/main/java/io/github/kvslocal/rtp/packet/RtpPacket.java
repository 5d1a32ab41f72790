package io.github.kvslocal.rtp.packet;

import java.nio.charset.StandardCharsets;

/**
 * A view of one RTP packet inside a buffer of somebody else (RFC 3550 section 5.1).
 *
 * <p>It is reused: {@link #parse} points it at the next packet, and what it says holds only until
 * then or until the buffer changes.
 */
public final class RtpPacket {
  /** Bytes of the header before contributing sources and extension. */
  public static final int FIXED_HEADER = 12;

  private static final int ONE_BYTE_PROFILE = 0xBEDE;
  private static final int TWO_BYTE_PROFILE = 0x1000;

  private byte[] buffer = new byte[0];
  private int offset;
  private int length;
  private int extensionsOffset;
  private int extensionsEnd;
  private int profile;
  private int payloadOffset;
  private int payloadLength;
  private int elementOffset;
  private int elementLength;

  /**
   * Points this view at {@code buffer[offset, offset + length)}.
   *
   * @throws MalformedPacketException if the version is not 2, or a part claims more bytes than
   *     there are
   */
  public void parse(byte[] buffer, int offset, int length) throws MalformedPacketException {
    //  0                   1                   2                   3
    //  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
    // |V=2|P|X|  CC   |M|     PT      |       sequence number         |
    // |                           timestamp                           |
    // |           synchronization source (SSRC) identifier            |
    if (length < FIXED_HEADER) {
      throw new MalformedPacketException("RTP packet shorter than its header");
    }
    int first = buffer[offset] & 0xFF;
    if (first >> 6 != 2) {
      throw new MalformedPacketException("RTP version is not 2");
    }
    int end = offset + length;
    int at = offset + FIXED_HEADER + 4 * (first & 0x0F);
    int extensions = at;
    int extensionsStop = at;
    int extensionProfile = 0;
    if ((first & 0x10) != 0) {
      if (end - at < 4) {
        throw new MalformedPacketException("RTP header extension is cut off");
      }
      extensionProfile = Bytes.unsigned16(buffer, at);
      extensions = at + 4;
      extensionsStop = extensions + 4 * Bytes.unsigned16(buffer, at + 2);
      at = extensionsStop;
    }
    if (at > end) {
      throw new MalformedPacketException("RTP header is longer than the packet");
    }
    int padding = (first & 0x20) != 0 && at < end ? buffer[end - 1] & 0xFF : 0;
    if ((first & 0x20) != 0 && (padding == 0 || padding > end - at)) {
      throw new MalformedPacketException("RTP padding is longer than the payload or empty");
    }
    this.buffer = buffer;
    this.offset = offset;
    this.length = length;
    this.profile = extensionProfile;
    this.extensionsOffset = extensions;
    this.extensionsEnd = extensionsStop;
    this.payloadOffset = at;
    this.payloadLength = end - at - padding;
  }

  /** The array that holds the packet. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where the packet begins. */
  public int offset() {
    return offset;
  }

  /** Bytes of the whole packet. */
  public int length() {
    return length;
  }

  /** Whether the packet ends a frame, as its payload format defines it. */
  public boolean marker() {
    return (buffer[offset + 1] & 0x80) != 0;
  }

  /** 0 to 127. */
  public int payloadType() {
    return buffer[offset + 1] & 0x7F;
  }

  /** 0 to 65535, see {@link SequenceNumber}. */
  public int sequenceNumber() {
    return Bytes.unsigned16(buffer, offset + 2);
  }

  /** All 32 bits, see {@link RtpTimestamp}. */
  public int timestamp() {
    return Bytes.signed32(buffer, offset + 4);
  }

  /** 0 to 2^32 - 1. */
  public long ssrc() {
    return Bytes.unsigned32(buffer, offset + 8);
  }

  /** Where the payload begins in {@link #buffer()}. */
  public int payloadOffset() {
    return payloadOffset;
  }

  /** Bytes of payload without padding; 0 for a packet of nothing but padding. */
  public int payloadLength() {
    return payloadLength;
  }

  /**
   * Looks for a header extension (RFC 8285 sections 4.2 and 4.3); if there, {@link
   * #elementOffset()} and {@link #elementLength()} tell where. An element that claims more bytes
   * than the extension has ends the search.
   *
   * @param id the negotiated identifier; 0 (not negotiated) is never found
   */
  public boolean findExtension(int id) {
    if (id == 0 || extensionsOffset == extensionsEnd) {
      return false;
    }
    boolean oneByte = profile == ONE_BYTE_PROFILE;
    if (!oneByte && (profile & 0xFFF0) != TWO_BYTE_PROFILE) {
      return false;
    }
    int at = extensionsOffset;
    while (at < extensionsEnd) {
      int head = buffer[at++] & 0xFF;
      if (head == 0) {
        continue; // padding between elements
      }
      int elementId = oneByte ? head >> 4 : head;
      if (oneByte && elementId == 15) {
        return false; // reserved: everything behind it is to be ignored
      }
      if (!oneByte && at == extensionsEnd) {
        return false;
      }
      int size = oneByte ? (head & 0x0F) + 1 : buffer[at++] & 0xFF;
      if (size > extensionsEnd - at) {
        return false;
      }
      if (elementId == id) {
        elementOffset = at;
        elementLength = size;
        return true;
      }
      at += size;
    }
    return false;
  }

  /** Where the element found last begins in {@link #buffer()}. */
  public int elementOffset() {
    return elementOffset;
  }

  /** Bytes of the element found last. */
  public int elementLength() {
    return elementLength;
  }

  /** Whether the element found last is this text in UTF-8. */
  public boolean elementIs(String text) {
    return elementLength == text.length()
        && text.equals(new String(buffer, elementOffset, elementLength, StandardCharsets.UTF_8));
  }
}
