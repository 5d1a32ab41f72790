package io.github.kvslocal.rtp.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
  private static final String HEADER = "80FE1234 89ABCDEF FEDCBA98";

  private final RtpPacket packet = new RtpPacket();

  @Test
  void fixedHeaderIsReadAtAnyOffset() throws MalformedPacketException {
    byte[] bytes = hex("FFFF" + HEADER + "0102 FF");

    packet.parse(bytes, 2, 14);

    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(126);
    assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
    assertThat(packet.timestamp()).isEqualTo(0x89ABCDEF);
    assertThat(packet.ssrc()).isEqualTo(0xFEDCBA98L);
    assertThat(packet.payloadOffset()).isEqualTo(14);
    assertThat(packet.payloadLength()).isEqualTo(2);
  }

  @Test
  void contributingSourcesExtensionAndPaddingAreNoPayload() throws MalformedPacketException {
    parse("B27E0001 00000000 00000001 11111111 22222222 BEDE0001 10AA0000 CAFE 000003");

    assertThat(packet.payloadOffset()).isEqualTo(28);
    assertThat(packet.payloadLength()).isEqualTo(2);
  }

  @Test
  void oneByteExtensionIsFoundBehindPadding() throws MalformedPacketException {
    parse("907E0001 00000000 00000001 BEDE0002 10AA 00 31 BEEF 40 30");

    assertThat(packet.findExtension(3)).isTrue();
    assertThat(packet.elementLength()).isEqualTo(2);
    assertThat(Bytes.unsigned16(packet.buffer(), packet.elementOffset())).isEqualTo(0xBEEF);
    assertThat(packet.findExtension(4)).isTrue();
    assertThat(packet.elementIs("0")).isTrue();
    assertThat(packet.elementIs("1")).isFalse();
    assertThat(packet.findExtension(5)).isFalse();
    assertThat(packet.findExtension(0)).isFalse();
  }

  @Test
  void twoByteExtensionIsFoundBehindAnEmptyOne() throws MalformedPacketException {
    parse("907E0001 00000000 00000001 10000002 0100 1003 010203 00");

    assertThat(packet.findExtension(1)).isTrue();
    assertThat(packet.elementLength()).isZero();
    assertThat(packet.findExtension(16)).isTrue();
    assertThat(packet.elementLength()).isEqualTo(3);
  }

  @Test
  void elementThatClaimsTooMuchEndsTheSearch() throws MalformedPacketException {
    parse("907E0001 00000000 00000001 BEDE0001 1F000000");

    assertThat(packet.findExtension(1)).isFalse();
  }

  @Test
  void paddingMayBeAllThereIs() throws MalformedPacketException {
    parse("A07E0001 00000000 00000001 00000004");

    assertThat(packet.payloadLength()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80FE1234 89ABCDEF FEDCBA",
        "40FE1234 89ABCDEF FEDCBA98",
        "81FE1234 89ABCDEF FEDCBA98 0000",
        "90FE1234 89ABCDEF FEDCBA98 BEDE",
        "90FE1234 89ABCDEF FEDCBA98 BEDE0002 00000000",
        "A0FE1234 89ABCDEF FEDCBA98 0003",
        "A0FE1234 89ABCDEF FEDCBA98 0000",
        "A0FE1234 89ABCDEF FEDCBA98"
      })
  void packetThatClaimsMoreThanItHasIsMalformed(String bytes) {
    assertThatThrownBy(() -> parse(bytes)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(1);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
      }
      if (bytes.length > 16 && random.nextBoolean()) {
        Bytes.put32(bytes, 12, random.nextBoolean() ? 0xBEDE0003L : 0x10000003L);
      }
      try {
        packet.parse(bytes, 0, bytes.length);
        packet.findExtension(1 + random.nextInt(14));
        byte[] payload =
            Arrays.copyOfRange(
                bytes, packet.payloadOffset(), packet.payloadOffset() + packet.payloadLength());
        assertThat(payload.length).isLessThanOrEqualTo(bytes.length);
      } catch (MalformedPacketException expected) {
        assertThat(expected.getStackTrace()).isEmpty();
      }
    }
  }

  private void parse(String text) throws MalformedPacketException {
    byte[] bytes = hex(text);
    packet.parse(bytes, 0, bytes.length);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }
}
