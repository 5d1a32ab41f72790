package io.github.kvslocal.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.rtp.packet.Bytes;
import io.github.kvslocal.rtp.packet.FrameSink;
import io.github.kvslocal.rtp.packet.MalformedPacketException;
import io.github.kvslocal.rtp.packet.RtpPacket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H264DepacketizerTest {
  private final List<String> journal = new ArrayList<>();
  private final H264Depacketizer depacketizer =
      new H264Depacketizer(
          new FrameSink() {
            @Override
            public void frame(int timestamp, long arrival, boolean keyFrame, byte[] data) {
              String hex = HexFormat.of().withUpperCase().formatHex(data);
              journal.add(timestamp + (keyFrame ? " key " : " ") + hex);
            }

            @Override
            public void dropped() {
              journal.add("dropped");
            }
          });

  @Test
  void singleNalUnitsOfOneTimestampAreOneFrame() throws MalformedPacketException {
    push(1, false, "6742");
    push(1, false, "68CE");
    push(1, true, "6588");

    assertThat(journal).containsExactly("1 key 00000002674200000002" + "68CE000000026588");
  }

  @Test
  void aggregateIsTakenApart() throws MalformedPacketException {
    push(1, true, "78 0002 6742 0001 68 0003 658801");

    assertThat(journal).containsExactly("1 key 000000026742" + "0000000168" + "00000003658801");
  }

  @Test
  void fragmentsBecomeOneNalUnit() throws MalformedPacketException {
    push(1, false, "7C 85 AA");
    push(1, false, "7C 05 BB");
    push(1, true, "7C 45 CC");

    assertThat(journal).containsExactly("1 key 0000000465AABBCC");
  }

  @Test
  void nextTimestampEndsAFrameWithoutMarker() throws MalformedPacketException {
    push(1, false, "6588");
    push(2, false, "4188");
    depacketizer.flush();

    assertThat(journal).containsExactly("1 key 000000026588", "2 000000024188");
  }

  @Test
  void parameterSetsWithAMarkerOfTheirOwnLeadTheNextFrame() throws MalformedPacketException {
    push(1, true, "6742");
    push(2, true, "6588");

    assertThat(journal).containsExactly("2 key 000000026742" + "000000026588");
  }

  @Test
  void frameWithAHoleIsDroppedWholeAndTheNextIsNot() throws MalformedPacketException {
    push(1, false, "7C 85 AA");
    pushAfterGap(1, true, "7C 45 CC");
    push(2, true, "4188");

    assertThat(journal).containsExactly("dropped", "2 000000024188");
  }

  @Test
  void frameThatMayHaveLostItsEndIsDropped() throws MalformedPacketException {
    push(1, false, "4188");
    pushAfterGap(2, true, "4188");

    assertThat(journal).containsExactly("dropped", "2 000000024188");
  }

  @Test
  void frameThatMayHaveLostItsBeginningIsDropped() throws MalformedPacketException {
    pushAfterGap(1, true, "4108");
    pushAfterGap(2, true, "6588");
    pushAfterGap(3, true, "7C 05 AA");

    assertThat(journal).containsExactly("dropped", "dropped", "dropped");
  }

  @Test
  void frameThatShowsItsBeginningSurvivesAGapBeforeIt() throws MalformedPacketException {
    pushAfterGap(1, true, "5C C1 88");
    pushAfterGap(2, true, "78 0001 67 0002 6588");
    pushAfterGap(3, false, "09F0");
    push(3, true, "6588");

    assertThat(journal)
        .containsExactly(
            "1 000000024188", "2 key 0000000167000000026588", "3 key 0000000209F0000000026588");
  }

  @Test
  void paddingIsNothing() throws MalformedPacketException {
    push(1, false, "4188");
    push(1, false, "");
    push(1, true, "4101");

    assertThat(journal).containsExactly("1 000000024188000000024101");
  }

  @ParameterizedTest
  @ValueSource(strings = {"79 0001", "7A 0001", "7B 0001", "7D 8501"})
  void interleavedModeIsRefusedByName(String payload) {
    assertThatThrownBy(() -> push(1, true, payload))
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("needs interleaved mode");
    assertThat(journal).containsExactly("dropped");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"60", "7E00", "78 0003 6588", "78 0000 00", "78 0001 65 00", "7C", "7C 05 AA"})
  void unreadablePayloadDropsItsFrame(String payload) {
    assertThatThrownBy(() -> push(1, true, payload)).isInstanceOf(MalformedPacketException.class);
    assertThat(journal).containsExactly("dropped");
  }

  @Test
  void accessUnitBeyondTheLimitIsDroppedBeforeMemoryIsTaken() {
    RtpPacket packet = packet(1, false, new byte[60_000]);
    packet.buffer()[12] = 0x41;

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                depacketizer.push(packet, false, 0);
              }
            })
        .isInstanceOf(MalformedPacketException.class)
        .hasMessageContaining("larger than");
    depacketizer.flush();

    assertThat(journal).containsExactly("dropped");
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(3);
    int[] types = {1, 5, 7, 24, 28, 28, 28, 29};
    for (int i = 0; i < 100_000; i++) {
      byte[] payload = new byte[random.nextInt(30)];
      random.nextBytes(payload);
      if (payload.length > 0) {
        payload[0] = (byte) (0x60 | types[random.nextInt(types.length)]);
      }
      try {
        depacketizer.push(
            packet(random.nextInt(3), random.nextInt(4) == 0, payload), random.nextInt(8) == 0, 0);
      } catch (MalformedPacketException expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      }
    }

    assertThat(journal).filteredOn(line -> !line.equals("dropped")).allSatisfy(this::isNalUnits);
  }

  private void isNalUnits(String line) {
    byte[] data = HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1));
    ByteBuffer unit = ByteBuffer.wrap(data);
    while (unit.hasRemaining()) {
      int length = unit.getInt();
      assertThat(length).isBetween(1, unit.remaining());
      unit.position(unit.position() + length);
    }
  }

  private void push(int timestamp, boolean marker, String hex) throws MalformedPacketException {
    depacketizer.push(packet(timestamp, marker, parse(hex)), false, 0);
  }

  private void pushAfterGap(int timestamp, boolean marker, String hex)
      throws MalformedPacketException {
    depacketizer.push(packet(timestamp, marker, parse(hex)), true, 0);
  }

  private static byte[] parse(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static RtpPacket packet(int timestamp, boolean marker, byte[] payload) {
    byte[] bytes = new byte[12 + payload.length];
    bytes[0] = (byte) 0x80;
    bytes[1] = (byte) (marker ? 0xFE : 0x7E);
    Bytes.put32(bytes, 4, timestamp);
    System.arraycopy(payload, 0, bytes, 12, payload.length);
    RtpPacket packet = new RtpPacket();
    try {
      packet.parse(bytes, 0, bytes.length);
    } catch (MalformedPacketException impossible) {
      throw new AssertionError(impossible);
    }
    return packet;
  }
}
