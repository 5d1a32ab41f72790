package io.github.kvslocal.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpropParameterSetsTest {
  @Test
  void setsFollowEachOtherBehindTheirLengths() {
    ByteBuffer sets =
        SpropParameterSets.of(
            "packetization-mode=1; sprop-parameter-sets=Z0LAH9oCgPZA,aM48gA==;profile-level-id=42e01f");

    assertThat(hex(sets)).isEqualTo("00000009" + "6742c01fda0280f640" + "00000004" + "68ce3c80");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "packetization-mode=1",
        "sprop-parameter-sets",
        "sprop-parameter-sets=",
        "sprop-parameter-sets=,,",
        "sprop-parameter-sets=*!?",
        "sprop-parameter-sets=ZYg=",
        "x-sprop-parameter-sets=aM48gA=="
      })
  void whatIsNoSetIsLeftOut(String parameters) {
    assertThat(SpropParameterSets.of(parameters).remaining()).isZero();
  }

  @Test
  void oneUnreadableSetLeavesTheOthers() {
    assertThat(hex(SpropParameterSets.of("sprop-parameter-sets=%%,aM48gA==")))
        .isEqualTo("0000000468ce3c80");
  }

  @Test
  void setsAreBoundedInLengthAndNumber() {
    byte[] longest = new byte[512];
    longest[0] = 0x68;
    byte[] tooLong = new byte[513];
    tooLong[0] = 0x68;

    assertThat(of(longest).remaining()).isEqualTo(516);
    assertThat(of(tooLong).remaining()).isZero();
    assertThat(
            SpropParameterSets.of("sprop-parameter-sets=" + "aM48gA==,".repeat(1_000)).remaining())
        .isEqualTo(32 * 8);
  }

  @Test
  void survivesAnyText() {
    Random random = new Random(5);
    String letters = "sprop-parameter-sets=;,aMZ04/+ \t%";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "sprop-parameter-sets=" : "");
      for (int j = random.nextInt(60); j > 0; j--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }

      ByteBuffer sets = SpropParameterSets.of(text.toString());

      while (sets.hasRemaining()) {
        int length = sets.getInt();
        assertThat(length).isBetween(1, sets.remaining());
        sets.position(sets.position() + length);
      }
    }
  }

  private static ByteBuffer of(byte[] set) {
    return SpropParameterSets.of("sprop-parameter-sets=" + Base64.getEncoder().encodeToString(set));
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
