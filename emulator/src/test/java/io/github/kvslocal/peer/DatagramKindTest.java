package io.github.kvslocal.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramKindTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1, STUN",
    "3, 255, STUN",
    "4, 0, UNKNOWN",
    "19, 0, UNKNOWN",
    "20, 254, DTLS",
    "63, 254, DTLS",
    "64, 0, UNKNOWN",
    "127, 200, UNKNOWN",
    "128, 0, RTP",
    "128, 126, RTP",
    "191, 254, RTP",
    "128, 191, RTP",
    "128, 192, RTCP",
    "191, 200, RTCP",
    "128, 223, RTCP",
    "128, 224, RTP",
    "192, 200, UNKNOWN",
    "255, 200, UNKNOWN"
  })
  void theFirstTwoBytesTell(int first, int second, DatagramKind kind) {
    byte[] datagram = {99, (byte) first, (byte) second, 99};

    assertThat(DatagramKind.of(datagram, 1, 2)).isEqualTo(kind);
  }

  @Test
  void whatIsShorterThanAnyHeaderIsUnknown() {
    byte[] datagram = {(byte) 128, 0};

    assertThat(DatagramKind.of(datagram, 0, 1)).isEqualTo(DatagramKind.UNKNOWN);
    assertThat(DatagramKind.of(datagram, 2, 0)).isEqualTo(DatagramKind.UNKNOWN);
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(20_261_120);

    for (int i = 0; i < 10_000; i++) {
      byte[] any = new byte[random.nextInt(20)];
      random.nextBytes(any);
      assertThat(DatagramKind.of(any, 0, any.length)).isNotNull();
    }
  }
}
