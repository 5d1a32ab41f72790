package io.github.kvslocal.api;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;

/** Times as Signature Version 4 writes them, such as {@code 20261120T110000Z}. */
final class AmzDate {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private AmzDate() {}

  static String of(Instant time) {
    return BASIC.format(time);
  }

  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(BASIC.parse(text, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A {@code Date} header, which may be written as either (IAM User Guide, "Signing elements"). */
  static Optional<Instant> parseHeader(String text) {
    try {
      return Optional.of(
          DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, OffsetDateTime::from).toInstant());
    } catch (DateTimeParseException e) {
      return parse(text);
    }
  }
}
