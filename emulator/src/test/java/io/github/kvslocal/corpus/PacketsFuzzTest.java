package io.github.kvslocal.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fragment.Fragment;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.MediaTime;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.peer.DatagramKind;
import io.github.kvslocal.rtp.h264.H264Depacketizer;
import io.github.kvslocal.rtp.h264.ParameterSets;
import io.github.kvslocal.rtp.opus.OpusDepacketizer;
import io.github.kvslocal.rtp.packet.FrameSink;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import io.github.kvslocal.rtp.rtcp.RtcpHandler;
import io.github.kvslocal.rtp.rtcp.RtcpReader;
import io.github.kvslocal.rtp.rtcp.TransportFeedback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Packets that are nearly those of real senders. */
class PacketsFuzzTest {
  private static final int PACKETS_PER_STREAM = 40;

  private final RtpPacket packet = new RtpPacket();

  @Test
  void kindOfDatagramIsToldOfAnyBytes() throws IOException {
    Fuzz.of("datagram")
        .with(packets(any -> true))
        .survive(bytes -> assertThat(DatagramKind.of(bytes, 0, bytes.length)).isNotNull());
  }

  @Test
  void rtpSurvivesAnyBytes() throws IOException {
    Fuzz.of("rtp")
        .with(packets(any -> !any.isRtcp()))
        .survive(
            bytes -> {
              if (parse(bytes)) {
                assertThat(packet.payloadOffset()).isBetween(0, bytes.length);
                assertThat(packet.payloadLength())
                    .isBetween(0, bytes.length - packet.payloadOffset());
                for (int id = 0; id < 256; id++) {
                  if (packet.findExtension(id)) {
                    assertThat(packet.elementOffset() + packet.elementLength())
                        .isLessThanOrEqualTo(bytes.length);
                  }
                }
              }
            });
  }

  @Test
  void rtcpSurvivesAnyBytes() throws IOException {
    Fuzz.of("rtcp")
        .with(packets(Capture.Packet::isRtcp))
        .with(
            List.of(
                hex("8fcd0005000000010000000200010003000001002003ff0102030000"),
                hex("81cd000300000001000000020001ffff81ce00020000000100000002"),
                hex("8fce0005000000010000000052454d4201020000000000 03".replace(" ", ""))))
        .survive(
            bytes -> {
              try {
                RtcpReader.read(bytes, 0, bytes.length, new Reading());
              } catch (MalformedPacketException expected) {
                assertThat(expected).hasMessageMatching("(?s).+");
              }
            });
  }

  @Test
  void h264SurvivesAnyBytes() throws IOException {
    Fuzz.of("h264")
        .with(packets(any -> isOfType(any, 126)))
        .survive(
            bytes -> {
              if (parse(bytes)) {
                H264Depacketizer depacketizer = new H264Depacketizer(new NalUnits());
                push(depacketizer, false);
                push(depacketizer, true);
                depacketizer.flush();
              }
            });
  }

  @Test
  void opusSurvivesAnyBytes() throws IOException {
    Fuzz.of("opus")
        .with(packets(any -> isOfType(any, 111)))
        .survive(
            bytes -> {
              if (parse(bytes)) {
                try {
                  new OpusDepacketizer(new NalUnits()).push(packet, 0);
                } catch (MalformedPacketException expected) {
                  assertThat(expected).hasMessageMatching("(?s).+");
                }
              }
            });
  }

  @Test
  void parameterSetsSurviveAnyAccessUnit() throws IOException {
    Fuzz.of("access-unit")
        .with(keyFrames())
        .survive(
            bytes -> {
              ParameterSets sets = new ParameterSets();
              sets.learn(ByteBuffer.wrap(bytes));
              EncodedFrame frame = new EncodedFrame(Track.VIDEO, MediaTime.ZERO, true, bytes);
              assertThat(sets.complete(frame).size()).isGreaterThanOrEqualTo(bytes.length);
            });
  }

  @Test
  void wholeStreamSurvivesAnyBytes() throws IOException {
    Fuzz.of("stream")
        .with(streams())
        .rounds(1_000)
        .survive(
            bytes -> {
              Replay replay = Replay.of(stream(bytes));
              for (Fragment fragment : replay.fragments()) {
                assertThat(fragment.frames()).isNotEmpty();
                assertThat(fragment.duration()).isPositive();
              }
              assertThat(FragmentText.of(replay)).isNotEmpty();
            });
  }

  private boolean parse(byte[] bytes) {
    try {
      packet.parse(bytes, 0, bytes.length);
      return true;
    } catch (MalformedPacketException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
      return false;
    }
  }

  private void push(H264Depacketizer depacketizer, boolean gapBefore) {
    try {
      depacketizer.push(packet, gapBefore, 0);
    } catch (MalformedPacketException expected) {
      assertThat(expected).hasMessageMatching("(?s).+");
    }
  }

  private static boolean isOfType(Capture.Packet any, int payloadType) {
    return !any.isRtcp() && (any.data()[1] & 0x7f) == payloadType;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** The first of each sender. */
  private static List<byte[]> packets(Predicate<Capture.Packet> wanted) throws IOException {
    List<byte[]> packets = new ArrayList<>();
    for (String name : Capture.names().toList()) {
      Capture.of(name).stream()
          .filter(wanted)
          .limit(100)
          .map(Capture.Packet::data)
          .forEach(packets::add);
    }
    return packets;
  }

  private static List<byte[]> keyFrames() throws IOException {
    List<byte[]> units = new ArrayList<>();
    for (String name : Capture.names().toList()) {
      EncodedFrame frame = Replay.of(Capture.of(name)).content(Track.VIDEO).get(0);
      byte[] unit = new byte[frame.size()];
      frame.data().get(unit);
      units.add(unit);
    }
    return units;
  }

  /** The beginning of each sender's stream: milliseconds 2, length 2, packet. */
  private static List<byte[]> streams() throws IOException {
    List<byte[]> streams = new ArrayList<>();
    for (String name : Capture.names().toList()) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      long before = 0;
      for (Capture.Packet each : Capture.of(name).subList(0, PACKETS_PER_STREAM)) {
        int millis = (int) ((each.nanos() - before) / 1_000_000);
        before = each.nanos();
        stream.writeBytes(
            ByteBuffer.allocate(4)
                .putShort((short) millis)
                .putShort((short) each.data().length)
                .array());
        stream.writeBytes(each.data());
      }
      streams.add(stream.toByteArray());
    }
    return streams;
  }

  private static List<Capture.Packet> stream(byte[] bytes) {
    ByteBuffer stream = ByteBuffer.wrap(bytes);
    List<Capture.Packet> packets = new ArrayList<>();
    long now = 0;
    while (stream.remaining() >= 6) {
      now += (stream.getShort() & 0xffff) * 1_000_000L;
      byte[] data = new byte[Math.min(stream.getShort() & 0xffff, stream.remaining())];
      stream.get(data);
      if (data.length >= 2) {
        packets.add(new Capture.Packet(now, data));
      }
    }
    return packets;
  }

  /** Reads also what only some handlers read. */
  private static final class Reading implements RtcpHandler {
    @Override
    public void transportFeedback(byte[] buffer, int offset, int length)
        throws MalformedPacketException {
      assertThat(TransportFeedback.parse(buffer, offset, length).arrivals())
          .hasSizeLessThan(1 << 16);
    }
  }

  /** Demands that frames are not empty. */
  private static final class NalUnits implements FrameSink {
    @Override
    public void frame(int timestamp, long arrival, boolean keyFrame, byte[] data) {
      assertThat(data).isNotEmpty();
    }

    @Override
    public void dropped() {
      // As it should be.
    }
  }
}
