package io.github.kvslocal.fragment;

import java.math.BigInteger;
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
    int byValue = new BigInteger(digits).compareTo(new BigInteger(other.digits));
    return byValue != 0 ? byValue : Integer.compare(digits.length(), other.digits.length());
  }

  @Override
  public String toString() {
    return digits;
  }
}
