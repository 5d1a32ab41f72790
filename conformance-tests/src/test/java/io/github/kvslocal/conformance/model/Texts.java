package io.github.kvslocal.conformance.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes texts that a pattern permits, or just does not, out of one that it permits. */
final class Texts {
  private static final String FILLERS = "a0A/";
  private static final List<String> INTRUDERS =
      List.of("!", " ", "\n", "\u0000", "*", "\u00e9", "\u2603", "<");

  private Texts() {}

  /** A text of this length that matches; empty if none was found. */
  static Optional<String> ofLength(String seed, Pattern pattern, int length) {
    if (length == 0) {
      return pattern.matcher("").matches() ? Optional.of("") : Optional.empty();
    }
    return seed.length() >= length ? shorter(seed, pattern, length) : longer(seed, pattern, length);
  }

  /** Texts like this one that do not match, because of one character. */
  static List<String> broken(String seed, Pattern pattern) {
    List<String> broken = new ArrayList<>();
    for (String intruder : INTRUDERS) {
      for (int at : List.of(0, seed.length() / 2, seed.length())) {
        // Takes the place of a character, where there is one, so that the length stays the same.
        int rest = Math.min(seed.length(), at + intruder.length());
        String text = seed.substring(0, at) + intruder + seed.substring(rest);
        if (!pattern.matcher(text).matches()) {
          broken.add(text);
        }
      }
    }
    return broken;
  }

  private static Optional<String> shorter(String seed, Pattern pattern, int length) {
    int cut = seed.length() - length;
    for (int at = length; at >= 0; at--) {
      String text = seed.substring(0, at) + seed.substring(at + cut);
      if (pattern.matcher(text).matches()) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> longer(String seed, Pattern pattern, int length) {
    for (int at = seed.length(); at >= 0; at--) {
      for (int i = 0; i < FILLERS.length(); i++) {
        String filling = FILLERS.substring(i, i + 1).repeat(length - seed.length());
        String text = seed.substring(0, at) + filling + seed.substring(at);
        if (pattern.matcher(text).matches()) {
          return Optional.of(text);
        }
      }
    }
    return Optional.empty();
  }
}
