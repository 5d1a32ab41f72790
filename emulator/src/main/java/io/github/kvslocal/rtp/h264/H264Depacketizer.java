package io.github.kvslocal.rtp.h264;

import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.FrameSink;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import java.util.Arrays;

/**
 * Assembles access units from RTP packets in order (RFC 6184): single NAL units, STAP-A and FU-A.
 *
 * <p>An access unit is what carries one timestamp; it ends with the marker or with the next
 * timestamp. One that lost a packet is dropped whole, or what came of it is kept: then it is no key
 * frame, and the last NAL unit before the hole ends there if it is a slice, and is left out
 * otherwise. What follows it is delivered all the same, though its references may be missing: a
 * recording with one damaged second is worth more than one with a hole, and the owner asks for a
 * key frame at {@link FrameSink#dropped()}. Delta frames before the first key frame are delivered
 * too.
 */
public final class H264Depacketizer {
  /** Bytes of the largest access unit; larger ones are dropped before memory is taken. */
  public static final int MAX_ACCESS_UNIT = 8 << 20;

  private static final int LENGTH_SIZE = 4;
  private static final int FIRST_CAPACITY = 64 << 10;

  private final FrameSink sink;
  private final boolean keepsLossy;
  private byte[] unit = new byte[FIRST_CAPACITY];
  private int size;
  private int timestamp;
  private long arrival;
  private boolean open;
  private boolean broken;

  /** Packets of this unit are missing, and what came of it is kept. */
  private boolean lossy;

  private boolean keyFrame;
  private boolean slices;

  /** The packet before this unit's first is missing, so its beginning has to prove itself. */
  private boolean afterGap;

  /** So it was when this unit began. */
  private boolean begunAfterGap;

  /** Bytes of parameter sets that came as a unit of their own: they lead the next one. */
  private int carried;

  /** Where the length of the fragmented NAL unit in progress is, while there is one. */
  private int fragmentStart;

  private boolean fragmented;

  /** A depacketizer that drops an access unit that lost a packet. */
  public H264Depacketizer(FrameSink sink) {
    this(sink, /* keepsLossy= */ false);
  }

  /**
   * @param keepsLossy whether what came of an access unit that lost a packet is kept
   */
  public H264Depacketizer(FrameSink sink, boolean keepsLossy) {
    this.sink = sink;
    this.keepsLossy = keepsLossy;
  }

  /**
   * Takes the next packet in order. A packet without payload is only padding and changes nothing.
   *
   * @param packet with bytes that are valid during the call
   * @param gapBefore whether packets between the previous one and this are missing for good
   * @param arrivedAt in monotonic nanoseconds
   * @throws MalformedPacketException if the payload cannot be read or is of a kind that
   *     packetization mode 1 forbids; its access unit will be dropped
   */
  public void push(RtpPacket packet, boolean gapBefore, long arrivedAt)
      throws MalformedPacketException {
    if (gapBefore) {
      if (open) {
        lose();
      }
      afterGap = true;
    }
    if (packet.payloadLength() == 0) {
      return;
    }
    if (open && packet.timestamp() != timestamp) {
      end();
    }
    if (open) {
      afterGap = false; // it was within this unit
    } else {
      begin(packet, arrivedAt);
    }
    try {
      if (!broken) {
        add(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
      }
    } catch (MalformedPacketException malformed) {
      broken = true;
      throw malformed;
    } finally {
      if (packet.marker()) {
        end();
      }
    }
  }

  /** Ends the access unit in progress, if any: no packet will follow. */
  public void flush() {
    if (open) {
      end();
    }
  }

  private void begin(RtpPacket packet, long arrivedAt) {
    open = true;
    timestamp = packet.timestamp();
    arrival = arrivedAt;
    size = carried;
    carried = 0;
    keyFrame = false;
    slices = false;
    fragmented = false;
    broken = false;
    lossy = false;
    begunAfterGap = afterGap;
    if (afterGap && !startsPicture(packet)) {
      lose();
    }
    afterGap = false;
  }

  /** A packet of the unit in progress is missing for good. */
  private void lose() {
    if (!keepsLossy) {
      broken = true;
      return;
    }
    lossy = true;
    if (fragmented) {
      fragmented = false;
      int type = NalUnit.type(unit[fragmentStart + LENGTH_SIZE]);
      if (NalUnit.isSlice(type)) {
        Bytes.put32(unit, fragmentStart, size - fragmentStart - LENGTH_SIZE);
      } else {
        size = fragmentStart;
      }
    }
  }

  /**
   * Whether nothing of this access unit can precede the packet: a delimiter, parameter sets, or the
   * first slice of a picture that is not IDR (an IDR picture without parameter sets has probably
   * lost them).
   */
  private static boolean startsPicture(RtpPacket packet) {
    byte[] bytes = packet.buffer();
    int at = firstNal(packet);
    int type = firstType(packet);
    // first_mb_in_slice is the first field of a slice header; as ue(v), 0 is a single 1 bit
    boolean moreThanHeader = packet.payloadOffset() + packet.payloadLength() - at > 1;
    boolean firstSlice =
        type >= 1 && type < NalUnit.IDR && moreThanHeader && (bytes[at + 1] & 0x80) != 0;
    return firstSlice || startsStream(packet);
  }

  /**
   * Whether a packet may be a sender's first: what is decoded without anything before it begins
   * with parameter sets or a delimiter, unless the sets are told elsewhere.
   */
  public static boolean startsStream(RtpPacket packet) {
    int type = firstType(packet);
    return type == NalUnit.SEQUENCE_PARAMETERS || type == NalUnit.DELIMITER;
  }

  /**
   * Whether a packet is the first of a key frame that leads with its parameter sets, as nearly all
   * senders' do.
   */
  public static boolean startsKeyFrame(RtpPacket packet) {
    return firstType(packet) == NalUnit.SEQUENCE_PARAMETERS;
  }

  /** The type of the first NAL unit that begins in a packet; 0 if there is none. */
  private static int firstType(RtpPacket packet) {
    if (packet.payloadLength() == 0) {
      return 0;
    }
    byte[] bytes = packet.buffer();
    int at = firstNal(packet);
    boolean continued = at == packet.payloadOffset() + 1 && (bytes[at] & 0x80) == 0;
    return continued ? 0 : NalUnit.type(bytes[at]);
  }

  /** Where the first NAL unit has its header, or that of its fragment. */
  private static int firstNal(RtpPacket packet) {
    int at = packet.payloadOffset();
    int type = NalUnit.type(packet.buffer()[at]);
    if (type == NalUnit.STAP_A && packet.payloadLength() > 3) {
      return at + 3;
    }
    return type == NalUnit.FU_A && packet.payloadLength() > 2 ? at + 1 : at;
  }

  private void end() {
    open = false;
    if (broken || fragmented) {
      sink.dropped();
    } else if (slices) {
      if (lossy || begunAfterGap) {
        sink.lossBefore();
      }
      sink.frame(timestamp, arrival, keyFrame && !lossy, Arrays.copyOf(unit, size));
    } else {
      carried = size;
      if (lossy) {
        sink.dropped();
      }
    }
  }

  private void add(byte[] bytes, int at, int length) throws MalformedPacketException {
    int type = NalUnit.type(bytes[at]);
    if (fragmented && type != NalUnit.FU_A) {
      throw new MalformedPacketException("fragmented NAL unit has no end");
    }
    switch (type) {
      case NalUnit.STAP_A -> addAggregate(bytes, at + 1, at + length);
      case NalUnit.FU_A -> addFragment(bytes, at, length);
      case NalUnit.STAP_B -> throw new MalformedPacketException("STAP-B needs interleaved mode");
      case NalUnit.MTAP16 -> throw new MalformedPacketException("MTAP16 needs interleaved mode");
      case NalUnit.MTAP24 -> throw new MalformedPacketException("MTAP24 needs interleaved mode");
      case NalUnit.FU_B -> throw new MalformedPacketException("FU-B needs interleaved mode");
      default -> {
        if (type == 0 || type > NalUnit.LAST_SINGLE) {
          throw new MalformedPacketException("NAL unit type is undefined");
        }
        addNal(bytes, at, length);
      }
    }
  }

  private void addAggregate(byte[] bytes, int from, int end) throws MalformedPacketException {
    int at = from;
    while (end - at >= 2) {
      int length = Bytes.unsigned16(bytes, at);
      at += 2;
      if (length > end - at) {
        throw new MalformedPacketException("STAP-A claims more bytes than it has");
      }
      if (length > 0) { // a NAL unit without its header is nothing
        addNal(bytes, at, length);
      }
      at += length;
    }
    if (at != end) {
      throw new MalformedPacketException("STAP-A ends inside a length");
    }
  }

  private void addNal(byte[] bytes, int at, int length) throws MalformedPacketException {
    reserve(LENGTH_SIZE + length);
    note(NalUnit.type(bytes[at]));
    Bytes.put32(unit, size, length);
    System.arraycopy(bytes, at, unit, size + LENGTH_SIZE, length);
    size += LENGTH_SIZE + length;
  }

  // |S|E|R|  Type   |  the second byte of FU-A; F and NRI are in the first (RFC 6184 section 5.8)
  private void addFragment(byte[] bytes, int at, int length) throws MalformedPacketException {
    if (length < 2) {
      throw new MalformedPacketException("FU-A lacks its header");
    }
    int header = bytes[at + 1];
    boolean start = (header & 0x80) != 0;
    if (lossy && !start && !fragmented) {
      return; // its beginning is missing
    }
    if (start == fragmented) {
      throw new MalformedPacketException(
          start ? "fragmented NAL unit begins inside another" : "FU-A continues nothing");
    }
    reserve(LENGTH_SIZE + 1 + length);
    if (start) {
      fragmented = true;
      fragmentStart = size;
      note(header & 0x1F);
      size += LENGTH_SIZE;
      unit[size++] = (byte) ((bytes[at] & 0xE0) | (header & 0x1F));
    }
    System.arraycopy(bytes, at + 2, unit, size, length - 2);
    size += length - 2;
    if ((header & 0x40) != 0) {
      fragmented = false;
      Bytes.put32(unit, fragmentStart, size - fragmentStart - LENGTH_SIZE);
    }
  }

  private void note(int type) {
    keyFrame |= type == NalUnit.IDR;
    slices |= NalUnit.isSlice(type);
  }

  private void reserve(int more) throws MalformedPacketException {
    if (more > MAX_ACCESS_UNIT - size) {
      throw new MalformedPacketException("access unit is larger than " + MAX_ACCESS_UNIT);
    }
    if (more > unit.length - size) {
      unit = Arrays.copyOf(unit, Math.min(MAX_ACCESS_UNIT, Math.max(2 * unit.length, size + more)));
    }
  }
}
