package io.github.kvslocal.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceParameterSetTest {
  /** Made with x264: 1920x1080, High profile, level 4.0; 1080 is not a multiple of 16. */
  private static final String FULL_HD = "67640028acd940780227e5c044000003000400000300f03c60c658";

  @Test
  void croppedPictureHasItsTrueSize() {
    SequenceParameterSet set = SequenceParameterSet.parse(hex(FULL_HD)).orElseThrow();

    assertThat(set.width()).isEqualTo(1920);
    assertThat(set.height()).isEqualTo(1080);
    assertThat(set.profile()).isEqualTo(100);
    assertThat(set.level()).isEqualTo(40);
    assertThat(set.chromaFormat()).isEqualTo(1);
  }

  @Test
  void recordOfAHighProfileEndsWithTheChromaFormat() {
    ByteBuffer picture = hex("68ebe3cb22c0");

    AvcConfiguration configuration =
        AvcConfiguration.of(List.of(hex(FULL_HD)), List.of(picture)).orElseThrow();

    assertThat(configuration.codecPrivate())
        .isEqualTo(hex("01640028ffe1001b" + FULL_HD + "01000668ebe3cb22c0" + "fdf8f800"));
  }

  @Test
  void whatIsTruncatedIsNoSet() {
    assertThat(SequenceParameterSet.parse(hex("67640028ac"))).isEmpty();
    assertThat(SequenceParameterSet.parse(hex("67"))).isEmpty();
    assertThat(SequenceParameterSet.parse(hex("68ebe3cb22c0"))).isEmpty();
  }

  @Test
  void survivesAnyBytes() {
    Random random = new Random(7);
    byte[] real = HexFormat.of().parseHex(FULL_HD);
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = real.clone();
      for (int j = random.nextInt(6); j >= 0; j--) {
        bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
      }
      SequenceParameterSet.parse(ByteBuffer.wrap(bytes, 0, random.nextInt(bytes.length + 1)))
          .ifPresent(set -> assertThat(set.width()).isBetween(1, 16_384));
    }
  }

  private static ByteBuffer hex(String text) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(text));
  }
}
