package io.github.kvslocal.cli;

import io.github.kvslocal.session.SessionLimits;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The limits of storage sessions; by default each is the documented number. */
final class SessionOptions {
  private static final String DURATION = "<seconds or PT1M30S>";

  @Option(
      names = "--viewers",
      paramLabel = "<number>",
      description = "Most viewers in a storage session, 0 to 100 (KVSLOCAL_VIEWERS; 3).")
  private int viewers = SessionLimits.DOCUMENTED.viewers();

  @Option(
      names = "--seat-hold",
      paramLabel = DURATION,
      converter = Span.class,
      description =
          "How long a viewer's seat is held after it has left, 0 for not at all"
              + " (KVSLOCAL_SEAT_HOLD; 60).")
  private Duration seatHold = SessionLimits.DOCUMENTED.seatHold();

  @Option(
      names = "--eviction",
      paramLabel = DURATION,
      converter = Span.class,
      description =
          "How long viewers wait for a master before they are evicted (KVSLOCAL_EVICTION; 180).")
  private Duration eviction = SessionLimits.DOCUMENTED.masterlessGrace();

  @Option(
      names = "--session-length",
      paramLabel = DURATION,
      converter = Span.class,
      description = "After which a storage session ends for all (KVSLOCAL_SESSION_LENGTH; 3600).")
  private Duration sessionLength = SessionLimits.DOCUMENTED.length();

  @Option(
      names = "--handshake",
      paramLabel = DURATION,
      converter = Span.class,
      description =
          "How long an offer waits for its answer, and an answer for the connection"
              + " (KVSLOCAL_HANDSHAKE; 30).")
  private Duration handshake = SessionLimits.DOCUMENTED.handshake();

  /**
   * What was said.
   *
   * @throws IllegalArgumentException with words for the user if a limit is out of its bounds
   */
  SessionLimits read() {
    return new SessionLimits(viewers, handshake, seatHold, eviction, sessionLength);
  }

  /** Reads whole seconds or an ISO 8601 duration. */
  static final class Span implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return text.matches("[0-9]{1,18}")
            ? Duration.ofSeconds(Long.parseLong(text))
            : Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new TypeConversionException("neither seconds nor an ISO 8601 duration");
      }
    }
  }
}
