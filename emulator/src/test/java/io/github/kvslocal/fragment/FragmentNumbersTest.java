package io.github.kvslocal.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentNumbersTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final FragmentNumbers numbers = new FragmentNumbers();

  @Test
  void numbersLookLikeTheService() {
    FragmentNumber number = numbers.next(NOON);

    assertThat(number.digits()).hasSize(47).startsWith("91343852333181432").matches("[0-9]+");
  }

  @Test
  void numbersIncreaseWhicheverWayTheClockGoes() {
    List<FragmentNumber> given =
        List.of(
            numbers.next(NOON),
            numbers.next(NOON),
            numbers.next(NOON.minusSeconds(3600)),
            numbers.next(NOON.plusMillis(1)));

    assertThat(given).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void numbersAreGreaterThanAnyInUse() {
    FragmentNumber used = new FragmentNumber("9".repeat(60));
    numbers.used(used);
    numbers.used(new FragmentNumber("1"));

    assertThat(numbers.next(NOON)).isGreaterThan(used);
  }

  @Test
  void numbersCompareByValue() {
    assertThat(new FragmentNumber("9")).isLessThan(new FragmentNumber("10"));
    assertThat(new FragmentNumber("01")).isGreaterThan(new FragmentNumber("1"));
    assertThat(new FragmentNumber("009")).isLessThan(new FragmentNumber("10"));
    assertThat(new FragmentNumber("0")).isLessThan(new FragmentNumber("00"));
    assertThat(new FragmentNumber("000")).isLessThan(new FragmentNumber("1"));
    assertThat(new FragmentNumber("19")).isLessThan(new FragmentNumber("21"));
  }

  @Test
  void whatIsNoNumberIsNotRead() {
    assertThat(FragmentNumber.parse("123")).contains(new FragmentNumber("123"));
    assertThat(FragmentNumber.parse("")).isEmpty();
    assertThat(FragmentNumber.parse("12a")).isEmpty();
    assertThat(FragmentNumber.parse("1".repeat(129))).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> new FragmentNumber("-1"));
  }
}
