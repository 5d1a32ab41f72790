package io.github.kvslocal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.kvslocal.session.SessionLimits;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SessionOptionsTest {
  @Test
  void limitsAreTheDocumentedOnesUnlessOthersAreSaid() {
    assertThat(read(Map.of())).isEqualTo(SessionLimits.DOCUMENTED);
  }

  @Test
  void eachLimitIsAnOption() {
    SessionLimits limits =
        read(
            Map.of(),
            "--viewers=7",
            "--seat-hold=0",
            "--eviction=PT20S",
            "--session-length=P1D",
            "--handshake=5");

    assertThat(limits)
        .isEqualTo(
            new SessionLimits(
                7,
                Duration.ofSeconds(5),
                Duration.ZERO,
                Duration.ofSeconds(20),
                Duration.ofDays(1)));
  }

  @Test
  void eachLimitIsAVariable() {
    SessionLimits limits =
        read(
            Map.of(
                "KVSLOCAL_VIEWERS", "7",
                "KVSLOCAL_SEAT_HOLD", "PT0.5S",
                "KVSLOCAL_EVICTION", "20",
                "KVSLOCAL_SESSION_LENGTH", "86400",
                "KVSLOCAL_HANDSHAKE", "pt5s"));

    assertThat(limits)
        .isEqualTo(
            new SessionLimits(
                7,
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                Duration.ofDays(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--viewers=-1 | a session has 0 to 100 viewers, not -1",
        "--viewers=101 | a session has 0 to 100 viewers, not 101",
        "--seat-hold=-PT1S | the hold of a seat cannot be negative, as PT-1S is",
        "--eviction=0 | the wait before an eviction needs some time, not PT0S",
        "--session-length=PT-5S | the length of a session needs some time, not PT-5S",
        "--handshake=0 | the handshake needs some time, not PT0S",
        "--session-length=P366D | is longer than 365 days, so the length of a session is not PT8784H",
        "--handshake=999999999999999999 | longer than 365 days, so the handshake is not"
      })
  void limitThatIsOutOfItsBoundsIsNamedWithThem(String option, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(Map.of(), option))
        .withMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource({
    "1.5",
    "a minute",
    "1m",
    "-5",
    "P1M",
    "PT99999999999999999999S",
    "9999999999999999999"
  })
  void whatIsNoDurationIsToldWhatOneIs(String text) {
    assertThat(said("--seat-hold=" + text))
        .isEqualTo("kvslocal: --seat-hold takes <seconds or PT1M30S>" + System.lineSeparator());
  }

  @Test
  void whatIsNoNumberOfViewersIsToldWhatOneIs() {
    assertThat(said("--viewers=many"))
        .isEqualTo("kvslocal: --viewers takes a whole number, <number>" + System.lineSeparator());
  }

  private static SessionLimits read(Map<String, String> variables, String... arguments) {
    ServeOptions options = new ServeOptions();
    new CommandLine(options)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setDefaultValueProvider(new Environment(variables))
        .parseArgs(arguments);
    return options.read().sessionLimits();
  }

  /** What the command says of a mistake; it does not come to serve. */
  private static String said(String argument) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Main.commandLine(new PrintStream(err, true, StandardCharsets.UTF_8), Map.of())
        .execute(argument);
    return err.toString(StandardCharsets.UTF_8);
  }
}
