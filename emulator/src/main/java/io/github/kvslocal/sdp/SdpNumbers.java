package io.github.kvslocal.sdp;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Attribute values with numbers in them, read without trusting them. */
final class SdpNumbers {
  private static final Pattern RTP_MAP =
      Pattern.compile("([0-9]{1,3}) ([A-Za-z0-9_.-]{1,40})/([0-9]{1,6})(?:/[0-9]{1,2})?");
  private static final Pattern EXT_MAP = Pattern.compile("([0-9]{1,5})(?:/[a-z]+)? (\\S+).*");

  private SdpNumbers() {}

  static Optional<RtpMap> rtpMap(String value) {
    Matcher match = RTP_MAP.matcher(value.trim());
    if (!match.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new RtpMap(
            Integer.parseInt(match.group(1)), match.group(2), Integer.parseInt(match.group(3))));
  }

  static IntStream extensionId(String value, String uri) {
    Matcher match = EXT_MAP.matcher(value.trim());
    return match.matches() && match.group(2).equals(uri)
        ? IntStream.of(Integer.parseInt(match.group(1)))
        : IntStream.empty();
  }

  /** A decimal number from 0 to {@code max}. */
  static OptionalInt number(String text, int max) {
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    int value = Integer.parseInt(text);
    return value > max ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
