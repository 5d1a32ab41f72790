package io.github.kvslocal.conformance.benchmark;

import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.SrtpContext;
import io.github.kvslocal.peer.SrtpKeys;
import io.github.kvslocal.peer.SrtpProfile;
import io.github.kvslocal.rtp.h264.H264Packetizer;
import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.srtp.JitsiSrtp;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * {@value #SECONDS} seconds of a master's packets as they come from the network: 4 Mbit/s of H.264
 * at 30 pictures a second with a key frame every two seconds, and Opus every 20 ms, protected with
 * one profile. Every packet has {@value #PACKET} bytes before it is protected.
 *
 * <p>The same bytes serve for ever: SRTP is opened anew for each round, and {@link #renumber} gives
 * a packet that was unprotected the numbers that continue the round before.
 */
final class ProtectedRing {
  /** Bytes of an RTP packet. */
  static final int PACKET = 1_200;

  static final int VIDEO_TYPE = 126;
  static final int AUDIO_TYPE = 111;

  /** Identifier of the extension with the transport-wide number. */
  static final int TRANSPORT_SEQUENCE = 3;

  private static final int SECONDS = 70;
  private static final int PICTURES_A_SECOND = 30;
  private static final int PACKETS_A_PICTURE = 14;
  private static final int PICTURES_A_KEY_FRAME = 2 * PICTURES_A_SECOND;
  private static final int SOUNDS_A_SECOND = 50;

  /** How many packets there are. */
  static final int PACKETS = SECONDS * (PICTURES_A_SECOND * PACKETS_A_PICTURE + SOUNDS_A_SECOND);

  private static final long NANOS = 1_000_000_000L;
  private static final long ROUND_NANOS = SECONDS * NANOS;

  private static final int HEADER = 20;
  private static final int SEQUENCE_AT = 2;
  private static final int TIMESTAMP_AT = 4;
  private static final int SSRC_AT = 8;
  private static final int TRANSPORT_SEQUENCE_AT = 17;
  private static final int PAYLOAD = PACKET - HEADER;

  /** Behind the two bytes of an FU-A. */
  private static final int PIECE = PAYLOAD - 2;

  /** Constrained Baseline, level 3.1, 1280x720. */
  private static final byte[] SPS =
      HexFormat.of().parseHex("6742c01fda014016e8400000030040000f03c60ca8");

  private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");

  private final SrtpProfile profile;
  private final byte[] key;
  private final byte[] salt;
  private final byte[][] packets = new byte[PACKETS][];
  private final long[] nanos = new long[PACKETS];
  private final Random random = new Random(1);
  private final int[] sent = new int[2];
  private int size;

  ProtectedRing(SrtpProfile profile) {
    this.profile = profile;
    key = bytes(profile.keyLength());
    salt = bytes(profile.saltLength());
    try (SrtpContext sender = new JitsiSrtp().create(keys())) {
      fill(sender);
    }
    if (size != PACKETS) {
      throw new IllegalStateException(size + " packets instead of " + PACKETS);
    }
  }

  /** What both sides have agreed on; the same key for both directions. */
  SrtpKeys keys() {
    return new SrtpKeys(profile, key, salt, key, salt);
  }

  /** Copies a packet to the beginning of a buffer, as a socket's read does; returns its length. */
  int copy(int index, byte[] buffer) {
    byte[] packet = packets[index];
    System.arraycopy(packet, 0, buffer, 0, packet.length);
    return packet.length;
  }

  /** When a packet comes, in a round. */
  long nanos(long round, int index) {
    return round * ROUND_NANOS + nanos[index];
  }

  /** Gives a packet without its protection the numbers and the time of a round. */
  static void renumber(byte[] buffer, int offset, long round) {
    boolean video = (buffer[offset + 1] & 0x7F) == VIDEO_TYPE;
    int ofTrack = SECONDS * (video ? PICTURES_A_SECOND * PACKETS_A_PICTURE : SOUNDS_A_SECOND);
    long ticks = SECONDS * (video ? 90_000L : 48_000L);
    add16(buffer, offset + SEQUENCE_AT, round * ofTrack);
    add16(buffer, offset + TRANSPORT_SEQUENCE_AT, round * PACKETS);
    int timestamp = offset + TIMESTAMP_AT;
    Bytes.put32(buffer, timestamp, Bytes.unsigned32(buffer, timestamp) + round * ticks);
  }

  private static void add16(byte[] buffer, int at, long more) {
    Bytes.put16(buffer, at, (int) (Bytes.unsigned16(buffer, at) + more));
  }

  private void fill(SrtpContext sender) {
    H264Packetizer packetizer = new H264Packetizer(PAYLOAD);
    int sounds = 0;
    for (int picture = 0; picture < SECONDS * PICTURES_A_SECOND; picture++) {
      long time = picture * NANOS / PICTURES_A_SECOND;
      int ticks = picture * (90_000 / PICTURES_A_SECOND);
      boolean key = picture % PICTURES_A_KEY_FRAME == 0;
      packetizer.packetize(
          ByteBuffer.wrap(key ? keyFrame() : deltaFrame()),
          (payload, length, last) ->
              add(sender, Track.VIDEO, last, ticks, time, Arrays.copyOf(payload, length)));
      for (; sounds * NANOS / SOUNDS_A_SECOND < time + NANOS / PICTURES_A_SECOND; sounds++) {
        add(
            sender,
            Track.AUDIO,
            true,
            sounds * (48_000 / SOUNDS_A_SECOND),
            Math.max(time, sounds * NANOS / SOUNDS_A_SECOND),
            sound());
      }
    }
  }

  /** Parameter sets and supplemental information that fill a packet, then the slice. */
  private byte[] keyFrame() {
    byte[] slice = bytes(1 + (PACKETS_A_PICTURE - 1) * PIECE);
    slice[0] = 0x65;
    byte[] information = bytes(PAYLOAD - 1 - 3 * 2 - SPS.length - PPS.length);
    information[0] = 0x06;
    return unit(SPS, PPS, information, slice);
  }

  private byte[] deltaFrame() {
    byte[] slice = bytes(1 + PACKETS_A_PICTURE * PIECE);
    slice[0] = 0x41;
    return unit(slice);
  }

  /** One frame of 20 ms, stereo (RFC 6716 section 3.1), at the highest bit rate that there is. */
  private byte[] sound() {
    byte[] packet = bytes(PAYLOAD);
    packet[0] = (byte) 0xfc;
    return packet;
  }

  private static byte[] unit(byte[]... nals) {
    int length = Arrays.stream(nals).mapToInt(nal -> Integer.BYTES + nal.length).sum();
    ByteBuffer unit = ByteBuffer.allocate(length);
    for (byte[] nal : nals) {
      unit.putInt(nal.length).put(nal);
    }
    return unit.array();
  }

  private void add(
      SrtpContext sender, Track track, boolean last, int ticks, long time, byte[] payload) {
    if (payload.length != PAYLOAD) {
      throw new IllegalStateException("a payload of " + payload.length + " bytes");
    }
    byte[] packet = new byte[PACKET + SrtpContext.MAX_OVERHEAD];
    packet[0] = (byte) 0x90;
    packet[1] = (byte) ((last ? 0x80 : 0) | (track == Track.VIDEO ? VIDEO_TYPE : AUDIO_TYPE));
    Bytes.put16(packet, SEQUENCE_AT, sent[track.number() - 1]++);
    Bytes.put32(packet, TIMESTAMP_AT, ticks);
    Bytes.put32(packet, SSRC_AT, track.number());
    Bytes.put32(packet, 12, 0xBEDE_0001L);
    packet[16] = (byte) (TRANSPORT_SEQUENCE << 4 | 1);
    Bytes.put16(packet, TRANSPORT_SEQUENCE_AT, size);
    System.arraycopy(payload, 0, packet, HEADER, PAYLOAD);
    int length = sender.protectRtp(packet, 0, PACKET);
    packets[size] = Arrays.copyOf(packet, length);
    nanos[size++] = time;
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
