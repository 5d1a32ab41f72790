package io.github.kvslocal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.KeyValuePair;

class LogSetupTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void entryIsOneLineOfItsFields() {
    assertThat(text("/listStreams", null))
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  Door: declined path=\"/listStreams\"\\R");
  }

  private static Stream<Arguments> foreignTexts() {
    return Stream.of(
        arguments("a\rb", "a\\u000db"),
        arguments("a\nb", "a\\u000ab"),
        arguments("a\u0000b", "a\\u0000b"),
        arguments("a\u001b[31mred", "a\\u001b[31mred"),
        arguments("a\u007f", "a\\u007f"),
        arguments("a\u009b31m", "a\\u009b31m"),
        arguments("a\u0085b", "a\\u0085b"),
        arguments("a\u2028b\u2029", "a\\u2028b\\u2029"),
        arguments("a\u202eb\u2066", "a\\u202eb\\u2066"),
        arguments("a\udb40\udc01b", "a\\udb40\\udc01b"),
        arguments("a\ud834b", "a\\ud834b"),
        arguments("Où ça 日本 \ud834\udd1e", "Où ça 日本 \ud834\udd1e"),
        arguments("a\" status=\"200", "a\\\" status=\\\"200"),
        arguments("a\\", "a\\\\"));
  }

  @ParameterizedTest
  @MethodSource("foreignTexts")
  void foreignTextCannotPassForAnythingElse(String foreign, String shown) {
    assertThat(text(foreign, null)).endsWith(" path=\"" + shown + "\"" + System.lineSeparator());
  }

  @Test
  void stackTraceIsIndentedWhateverItsMessagesAre() {
    Exception cause = new Exception("cause\r12:00:00.000 ERROR fake");
    Exception failure = new Exception("x\n12:00:00.000 ERROR fake \u001b[31m", cause);

    List<String> lines = List.of(text("/", failure).split("\r\n|\r|\n"));

    assertThat(lines).hasSizeGreaterThan(4);
    assertThat(lines.get(0)).endsWith("path=\"/\"");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("\t"));
    assertThat(lines).contains("\tjava.lang.Exception: x");
    assertThat(lines).contains("\t12:00:00.000 ERROR fake \\u001b[31m");
  }

  @Test
  void entrySurvivesAnyTextAsTextAndAsJson() throws Exception {
    context.setMDCAdapter(new LogbackMDCAdapter());
    JsonEncoder json = new JsonEncoder();
    json.setContext(context);
    json.start();
    Random random = new Random(20261120);
    for (int round = 0; round < 500; round++) {
      StringBuilder foreign = new StringBuilder();
      for (int i = random.nextInt(40); i >= 0; i--) {
        foreign.append((char) random.nextInt(random.nextBoolean() ? 0xa0 : 0x10000));
      }

      String text = text(foreign.toString(), null);
      JsonNode object = new ObjectMapper().readTree(json.encode(event(foreign.toString(), null)));

      assertThat(text.codePoints().filter(Character::isISOControl).count())
          .isEqualTo(System.lineSeparator().length());
      // Halves of surrogate pairs cannot be encoded.
      assertThat(object.get("kvpList").get(0).get("path").asText())
          .isEqualTo(new String(foreign.toString().getBytes(UTF_8), UTF_8));
    }
  }

  private String text(String foreign, @Nullable Throwable failure) {
    EntryLayout layout = new EntryLayout();
    layout.setContext(context);
    layout.start();
    return layout.doLayout(event(foreign, failure));
  }

  private LoggingEvent event(String foreign, @Nullable Throwable failure) {
    Logger logger = context.getLogger("io.github.kvslocal.Door");
    LoggingEvent event =
        new LoggingEvent("", logger, Level.INFO, "declined", failure, new Object[0]);
    event.addKeyValuePair(new KeyValuePair("path", foreign));
    return event;
  }
}
