package io.github.kvslocal.rtp.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class H264PacketizerTest {
  private final List<String> payloads = new ArrayList<>();

  @Test
  void smallSliceTravelsAlone() {
    packetize(16, "00000002" + "4188");

    assertThat(payloads).containsExactly("4188 last");
  }

  @Test
  void parameterSetsTravelWithTheSliceBehindThem() {
    packetize(16, "00000002" + "6742" + "00000001" + "68" + "00000002" + "6588");

    assertThat(payloads).containsExactly("78" + "00026742" + "000168" + "00026588" + " last");
  }

  @Test
  void parameterSetsTravelTogetherBeforeALargeSlice() {
    packetize(16, "00000002" + "6742" + "00000001" + "68" + "00000012" + "65" + "11".repeat(17));

    assertThat(payloads)
        .containsExactly(
            "78" + "00026742" + "000168",
            "7C85" + "11".repeat(14),
            "7C45" + "11".repeat(3) + " last");
  }

  @Test
  void slicesAreNotAggregated() {
    packetize(16, "00000002" + "4188" + "00000002" + "4101");

    assertThat(payloads).containsExactly("4188", "4101 last");
  }

  @Test
  void whatIsNotNalUnitsBehindTheirLengthsIsOurBug() {
    assertThatThrownBy(() -> packetize(16, "00000003" + "4188"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> packetize(16, "000000")).isInstanceOf(IllegalArgumentException.class);
  }

  private void packetize(int maxPayload, String hex) {
    new H264Packetizer(maxPayload)
        .packetize(
            ByteBuffer.wrap(HexFormat.of().parseHex(hex)).asReadOnlyBuffer(),
            (payload, length, last) ->
                payloads.add(
                    HexFormat.of().withUpperCase().formatHex(Arrays.copyOf(payload, length))
                        + (last ? " last" : "")));
  }
}
