package io.github.kvslocal.rtp.h264;

import io.github.kvslocal.rtp.packet.Bytes;
import java.nio.ByteBuffer;

/**
 * Cuts access units into RTP payloads (RFC 6184, packetization mode 1): small leading NAL units
 * that are no slices travel with what follows in one STAP-A, large ones as FU-A, the rest alone.
 */
public final class H264Packetizer {
  private static final int NRI_AND_FORBIDDEN = 0xE0;
  private final byte[] payload;
  private final ByteBuffer payloadView;

  /** Takes payloads. */
  public interface PayloadSink {
    /**
     * The next payload of the access unit.
     *
     * @param payload bytes from index 0, valid during the call
     * @param last whether the packet carries the marker
     */
    void payload(byte[] payload, int length, boolean last);
  }

  /**
   * A packetizer for payloads of at most so many bytes.
   *
   * @throws IllegalArgumentException if fewer than 16
   */
  public H264Packetizer(int maxPayload) {
    if (maxPayload < 16) {
      throw new IllegalArgumentException("payload of " + maxPayload + " bytes is too small");
    }
    this.payload = new byte[maxPayload];
    this.payloadView = ByteBuffer.wrap(payload);
  }

  /**
   * Cuts one access unit.
   *
   * @param accessUnit NAL units, each behind its length as four bytes; left at its end
   * @throws IllegalArgumentException if a length does not fit, since frames are made by ourselves
   */
  public void packetize(ByteBuffer accessUnit, PayloadSink sink) {
    while (accessUnit.remaining() > 0) {
      int length = nextLength(accessUnit);
      if (length > payload.length) {
        fragment(accessUnit, length, sink);
      } else {
        aggregate(accessUnit, length, sink);
      }
    }
  }

  private static int nextLength(ByteBuffer unit) {
    int length = unit.remaining() < 4 ? 0 : unit.getInt();
    if (length < 1 || length > unit.remaining()) {
      throw new IllegalArgumentException("access unit is not NAL units behind their lengths");
    }
    return length;
  }

  private void fragment(ByteBuffer unit, int length, PayloadSink sink) {
    byte header = unit.get();
    int rest = length - 1;
    int flags = 0x80;
    while (rest > 0) {
      int size = Math.min(rest, payload.length - 2);
      rest -= size;
      flags |= rest == 0 ? 0x40 : 0;
      payload[0] = (byte) ((header & NRI_AND_FORBIDDEN) | NalUnit.FU_A);
      payload[1] = (byte) (flags | NalUnit.type(header));
      unit.get(payload, 2, size);
      flags = 0;
      sink.payload(payload, 2 + size, rest == 0 && !unit.hasRemaining());
    }
  }

  /** Sends the NAL unit alone, or with those behind it as long as they fit. */
  private void aggregate(ByteBuffer unit, int firstLength, PayloadSink sink) {
    int first = unit.position();
    byte header = unit.get(first);
    int end = first + firstLength;
    int total = 3 + firstLength;
    int nri = header & NRI_AND_FORBIDDEN;
    if (NalUnit.type(header) > NalUnit.LAST_SLICE_TYPE) {
      while (unit.limit() - end > 4) {
        int next = unit.getInt(end);
        if (next < 1 || next > unit.limit() - end - 4 || next > payload.length - total - 2) {
          break;
        }
        nri = Math.max(nri & 0x60, unit.get(end + 4) & 0x60);
        end += 4 + next;
        total += 2 + next;
      }
    }
    if (end == first + firstLength) {
      unit.get(payload, 0, firstLength);
      sink.payload(payload, firstLength, !unit.hasRemaining());
      return;
    }
    payloadView.clear().put((byte) (nri | NalUnit.STAP_A));
    unit.position(first - 4);
    while (unit.position() < end) {
      int length = unit.getInt();
      Bytes.put16(payload, payloadView.position(), length);
      unit.get(payload, payloadView.position() + 2, length);
      payloadView.position(payloadView.position() + 2 + length);
    }
    sink.payload(payload, payloadView.position(), !unit.hasRemaining());
  }
}
