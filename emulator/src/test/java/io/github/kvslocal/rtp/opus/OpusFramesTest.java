package io.github.kvslocal.rtp.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusFramesTest {
  @ParameterizedTest
  @CsvSource({
    "one frame, 78 01 02 03",
    "one frame that is not sent (DTX), 78",
    "two frames of one length, 79 01 02 03 04",
    "two frames that are not sent, 79",
    "two frames of two lengths, 7A 01 AA BB CC",
    "first of two frames not sent, 7A 00 BB",
    "three of one length, 7B 03 AA BB CC",
    "three of one length with padding, 7B 43 02 AA BB CC 00 00",
    "three of variable length, 7B 83 01 02 AA BB BB CC CC CC",
    "variable with padding, 7B C2 01 01 AA BB 00",
    "forty-eight frames of 2.5 ms, 83 30",
  })
  void goodPacketIsTaken(String what, String packet) {
    assertThatCode(() -> check(packet)).as(what).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "two of one length in an odd number of bytes, 79 01 02 03",
    "length beyond the packet, 7A 05 AA",
    "first of two frames longer than what is left, 7A 05 01 01 01 01",
    "the same with its length in two bytes, 7A FC 00 01",
    "no length, 7A",
    "half a length, 7A FC",
    "three of one length that do not fill it, 7B 03 AA BB",
    "no frame count, 7B",
    "no frame, 7B 00",
    "over 120 ms, 7B 07 AA AA AA AA AA AA AA",
    "padding beyond the packet, 7B 41 05 AA",
    "padding without an end, 7B 41 FF",
    "variable lengths beyond the packet, 7B 83 01 09 AA BB",
    "no room for the lengths, 7B 85 01",
  })
  void badPacketIsRefused(String what, String packet) {
    assertThatThrownBy(() -> check(packet)).as(what).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void secondOfTwoFramesHasUpTo1275BytesToo() {
    byte[] packet = new byte[1 + 1 + 1 + 1_275];
    packet[0] = 0x7A;
    packet[1] = 1;

    assertThatCode(() -> OpusFrames.check(packet, 0, packet.length)).doesNotThrowAnyException();
  }

  @Test
  void frameHasAtMost1275Bytes() {
    byte[] packet = new byte[1 + 1_276];
    packet[0] = 0x78;

    assertThatCode(() -> OpusFrames.check(packet, 0, 1 + 1_275)).doesNotThrowAnyException();
    assertThatThrownBy(() -> OpusFrames.check(packet, 0, 1 + 1_276))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(13);
    int refused = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      try {
        OpusFrames.check(bytes, 0, bytes.length);
      } catch (MalformedPacketException expected) {
        refused++;
      }
    }

    assertThat(refused).isBetween(1, 199_999);
  }

  private static void check(String hex) throws MalformedPacketException {
    byte[] packet = HexFormat.of().parseHex(hex.replace(" ", ""));
    OpusFrames.check(packet, 0, packet.length);
  }
}
