package io.github.kvslocal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.recording.FragmentMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentFileNameTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void gapsAreReadFromTheNameAgain() {
    FragmentMetadata torn = metadata(new Gaps(3, Duration.ofMillis(450), 1, Duration.ofMillis(20)));

    String name = FragmentFileName.of(torn);

    assertThat(name).endsWith("_2001_p3-450_s1-20.mkv");
    assertThat(FragmentFileName.parse(name, 7)).contains(torn);
  }

  @Test
  void nameOfAWholeFragmentIsAsBefore() {
    FragmentMetadata whole = metadata(Gaps.NONE);

    String name = FragmentFileName.of(whole);

    assertThat(name).isEqualTo("12_1795176000000_1795176002000_2001.mkv");
    assertThat(FragmentFileName.parse(name, 7)).contains(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "12_1_2_3_p1-2.mkv",
        "12_1_2_3_p1-2_s1.mkv",
        "12_1_2_3_p9999999999-2_s1-1.mkv",
        "12_1_2_3_p-1-2_s1-1.mkv",
        "12_1_2_3.mkv.unfinished"
      })
  void anotherNameIsNoFragments(String name) {
    assertThat(FragmentFileName.parse(name, 7)).isEmpty();
  }

  @Test
  void numbersHaveNoMoreDigitsThanOurs() {
    assertThat(FragmentFileName.parse("9".repeat(48) + "_1_1_1.mkv", 7)).isEmpty();
    assertThat(FragmentFileName.parse("9".repeat(47) + "_1_1_1.mkv", 7)).isPresent();
  }

  @Test
  void survivesAnyName() {
    Random random = new Random(11);
    String letters = "0123456789_-ps.mkv";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder name = new StringBuilder("1_2_3_4");
      for (int j = random.nextInt(30); j > 0; j--) {
        name.append(letters.charAt(random.nextInt(letters.length())));
      }
      String whole = name + ".mkv";

      FragmentFileName.parse(whole, 7)
          .ifPresent(read -> assertThat(read.number().digits()).isEqualTo("1"));
    }
  }

  private static FragmentMetadata metadata(Gaps gaps) {
    return new FragmentMetadata(
        new FragmentNumber("12"), NOON, NOON.plusSeconds(2), Duration.ofMillis(2_001), 7, gaps);
  }
}
