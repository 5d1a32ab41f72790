package io.github.kvslocal.rtp.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.rtp.packet.MalformedPacketException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpusPacketTest {
  @ParameterizedTest
  @CsvSource({
    "0, 480",
    "1, 960",
    "2, 1920",
    "3, 2880",
    "11, 2880",
    "12, 480",
    "13, 960",
    "15, 960",
    "16, 120",
    "17, 240",
    "18, 480",
    "19, 960",
    "31, 960"
  })
  void configurationTellsTheFrame(int configuration, int samples) throws MalformedPacketException {
    assertThat(samples(configuration << 3)).isEqualTo(samples);
  }

  @Test
  void codeTellsHowManyFrames() throws MalformedPacketException {
    assertThat(samples(19 << 3 | 1)).isEqualTo(1_920);
    assertThat(samples(19 << 3 | 2)).isEqualTo(1_920);
    assertThat(samples(19 << 3 | 3, 6)).isEqualTo(5_760);
  }

  @Test
  void durationIsTwentyMillisecondsAsBrowsersSend() throws MalformedPacketException {
    assertThat(OpusPacket.duration(new byte[] {0x78, 1, 2}, 0, 3)).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void packetOfNothingOrOfTooMuchIsMalformed() {
    assertThatThrownBy(this::samples).isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> samples(3)).isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> samples(3, 0)).isInstanceOf(MalformedPacketException.class);
    assertThatThrownBy(() -> samples(19 << 3 | 3, 7)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(2);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = new byte[random.nextInt(4)];
      random.nextBytes(bytes);
      try {
        assertThat(OpusPacket.samples(bytes, 0, bytes.length)).isBetween(120, 5_760);
      } catch (MalformedPacketException expected) {
        assertThat(expected).hasMessageContaining("Opus");
      }
    }
  }

  private int samples(int... bytes) throws MalformedPacketException {
    byte[] packet = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      packet[i] = (byte) bytes[i];
    }
    return OpusPacket.samples(packet, 0, packet.length);
  }
}
