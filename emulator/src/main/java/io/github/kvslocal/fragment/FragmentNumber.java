package io.github.kvslocal.fragment;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a fragment within its stream, 1 to 128 decimal digits (ListFragments API page,
 * FragmentNumber). Later fragments have greater numbers.
 */
public record FragmentNumber(String digits) implements Comparable<FragmentNumber> {
  private static final Pattern PATTERN = Pattern.compile("[0-9]{1,128}");

  public FragmentNumber {
    if (!PATTERN.matcher(digits).matches()) {
      throw new IllegalArgumentException("not a fragment number");
    }
  }

  /** Reads a foreign number; empty if it is none. */
  public static Optional<FragmentNumber> parse(String text) {
    return PATTERN.matcher(text).matches()
        ? Optional.of(new FragmentNumber(text))
        : Optional.empty();
  }

  /** By value; numbers that differ in leading zeros only are told apart by their length. */
  @Override
  public int compareTo(FragmentNumber other) {
    String mine = significant();
    String others = other.significant();
    int byLength = Integer.compare(mine.length(), others.length());
    int byValue = byLength != 0 ? byLength : mine.compareTo(others);
    return byValue != 0 ? byValue : Integer.compare(digits.length(), other.digits.length());
  }

  private String significant() {
    int zeros = 0;
    while (zeros < digits.length() && digits.charAt(zeros) == '0') {
      zeros++;
    }
    return digits.substring(zeros);
  }

  @Override
  public String toString() {
    return digits;
  }
}
