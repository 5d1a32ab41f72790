package io.github.kvslocal.rtp;

import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.packet.RtpTimestamp;
import io.github.kvslocal.rtp.packet.SequenceNumber;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sends the packets of one track's stream and, on demand, again. */
final class TrackSender {
  /** Packets; at 4 Mbit/s two seconds, in which a viewer asks again ten times. */
  private static final int VIDEO_HISTORY = 1_024;

  /** Packets of 20 ms: five seconds. */
  private static final int AUDIO_HISTORY = 256;

  /**
   * Nobody needs a packet twice in so short a time: who asks again has waited for a round trip, and
   * where that is shorter, the packet on its way is there in time. What comes sooner was asked
   * before the answer could arrive, duplicated by the network, or sent to make us send. The usual
   * receivers repeat themselves after 20 ms at the earliest.
   */
  private static final long REPEAT = 10_000_000L;

  private final Track track;
  private final SendTrack stream;
  private final TransportNumbers transport;
  private final HeaderExtensions extensions;
  private final byte[] packet = new byte[MediaSender.MAX_PACKET + MediaSender.TAIL_ROOM];
  private final SentPackets history;
  private final byte[] header;
  private final int headerLength;
  private final int transportOffset;
  private int sequenceNumber;
  private int rtxSequenceNumber;
  private long packets;
  private long octets;

  /** The transport-wide numbers, counted over all streams of the transport. */
  static final class TransportNumbers {
    private int next;

    int take() {
      int number = next;
      next = SequenceNumber.plus(next, 1);
      return number;
    }
  }

  TrackSender(
      Track track, SendTrack stream, HeaderExtensions extensions, TransportNumbers transport) {
    this.track = track;
    this.stream = stream;
    this.extensions = extensions;
    this.transport = transport;
    byte[] mid = stream.format().mid().getBytes(StandardCharsets.UTF_8);
    int history = track == Track.VIDEO ? VIDEO_HISTORY : AUDIO_HISTORY;
    this.history = new SentPackets(stream.format().nack() ? history : 1, MediaSender.MAX_PACKET);
    this.sequenceNumber = stream.firstSequenceNumber();
    int at = RtpPacket.FIXED_HEADER;
    boolean sendsMid = extensions.mid() != 0 && mid.length >= 1 && mid.length <= 16;
    boolean sendsTransport = extensions.transportSequence() != 0;
    packet[0] = (byte) 0x80;
    if (sendsMid || sendsTransport) {
      packet[0] |= 0x10;
      Bytes.put16(packet, at, 0xBEDE);
      at += 4;
    }
    this.transportOffset = at + 1;
    if (sendsTransport) {
      packet[at] = (byte) (extensions.transportSequence() << 4 | 1);
      at += 3;
    }
    if (sendsMid) {
      packet[at] = (byte) (extensions.mid() << 4 | (mid.length - 1));
      System.arraycopy(mid, 0, packet, at + 1, mid.length);
      at += 1 + mid.length;
    }
    at = (at + 3) / 4 * 4;
    if (sendsMid || sendsTransport) {
      int words = (at - RtpPacket.FIXED_HEADER) / 4 - 1;
      Bytes.put16(packet, RtpPacket.FIXED_HEADER + 2, words);
    }
    this.headerLength = at;
    Bytes.put32(packet, 8, stream.ssrc());
    this.header = Arrays.copyOf(packet, headerLength);
  }

  void send(byte[] payload, int length, MediaTime time, boolean marker, PacketSink sink) {
    System.arraycopy(header, 0, packet, 0, headerLength); // the sink may have changed it
    packet[1] = (byte) ((marker ? 0x80 : 0) | stream.format().payloadType());
    Bytes.put16(packet, 2, sequenceNumber);
    Bytes.put32(packet, 4, timestamp(time));
    System.arraycopy(payload, 0, packet, headerLength, length);
    numberTransport(packet);
    int total = headerLength + length;
    history.keep(sequenceNumber, packet, total);
    sequenceNumber = SequenceNumber.plus(sequenceNumber, 1);
    packets++;
    octets += length;
    sink.rtp(packet, 0, total);
  }

  /**
   * Sends a packet again, as RTX if negotiated (RFC 4588 section 4); returns whether it was kept.
   *
   * <p>Without RTX it goes out as it was, to the last byte, transport-wide number included: other
   * bytes under the same SSRC and sequence number would be encrypted with the same nonce (RFC 7714
   * section 8.4).
   */
  boolean resend(int number, byte[] scratch, long now, PacketSink sink) {
    boolean rtx = stream.format().rtxPayloadType() != TrackFormat.NONE;
    int length = history.copy(number, scratch, 0);
    if (length == 0) {
      return false;
    }
    history.repeat(number, now);
    if (rtx) {
      System.arraycopy(scratch, headerLength, scratch, headerLength + 2, length - headerLength);
      Bytes.put16(scratch, headerLength, number);
      scratch[1] = (byte) ((scratch[1] & 0x80) | stream.format().rtxPayloadType());
      Bytes.put16(scratch, 2, rtxSequenceNumber);
      rtxSequenceNumber = SequenceNumber.plus(rtxSequenceNumber, 1);
      Bytes.put32(scratch, 8, stream.rtxSsrc());
      length += 2;
      numberTransport(scratch);
    }
    sink.rtp(scratch, 0, length);
    return true;
  }

  /** Whether a packet is on its way for the second time already. */
  boolean isResent(int number, long now) {
    return history.isRepeatedSince(number, REPEAT, now);
  }

  private void numberTransport(byte[] bytes) {
    if (extensions.transportSequence() != 0) {
      Bytes.put16(bytes, transportOffset, transport.take());
    }
  }

  boolean isNegotiated() {
    return stream.format().payloadType() != TrackFormat.NONE;
  }

  int timestamp(MediaTime time) {
    return (int)
        (stream.firstTimestamp() + RtpTimestamp.ofNanos(time.nanos(), track.codec().clockRate()));
  }

  SendTrack stream() {
    return stream;
  }

  long packets() {
    return packets;
  }

  long octets() {
    return octets;
  }
}
