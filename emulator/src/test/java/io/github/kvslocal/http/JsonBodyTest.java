package io.github.kvslocal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static final String NOT_UTF_8 = "The body has to be UTF-8 (RFC 8259 section 8.1)";

  @Test
  void emptyBodyIsAnEmptyObject() throws Exception {
    assertThat(JsonBody.read(new byte[0])).isEmpty();
  }

  @Test
  void utf8IsReadAndItsByteOrderMarkSkipped() throws Exception {
    byte[] body = "\ufeff{\"StreamName\":\"日本 \ud834\udd1e\"}".getBytes(UTF_8);

    assertThat(JsonBody.read(body).get("StreamName").textValue()).isEqualTo("日本 \ud834\udd1e");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00c1\u00af",
        "\u00e0\u0081\u00af",
        "\u00ed\u00a0\u0080",
        "\u00f4\u0090\u0080\u0080",
        "\u00ff",
        "\u0080",
        "\u00e6\u0097"
      })
  void bytesThatNoUtf8HasAreRefusedWhereTheyAre(String bytes) {
    byte[] body = ("{\"StreamName\":\"p" + bytes + "rch\"}").getBytes(ISO_8859_1);

    assertThatThrownBy(() -> JsonBody.read(body))
        .isInstanceOf(IOException.class)
        .hasMessage(NOT_UTF_8 + ", but is not from byte 16 on.");
  }

  private static Stream<Arguments> otherEncodings() {
    return Stream.of(UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"))
        .flatMap(
            charset ->
                Stream.of("{\"StreamName\":\"p\"}", "\ufeff{}")
                    .map(text -> Arguments.of(charset, text)));
  }

  @ParameterizedTest
  @MethodSource("otherEncodings")
  void otherEncodingsAreRefused(Charset charset, String text) {
    assertThatThrownBy(() -> JsonBody.read(text.getBytes(charset)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(NOT_UTF_8);
  }

  private static Stream<Arguments> beyondLimits() {
    return Stream.of(
        Arguments.of("[".repeat(5_000) + "]".repeat(5_000), "nested deeper than 1000 levels."),
        Arguments.of("{\"a\":".repeat(5_000), "nested deeper than 1000 levels."),
        Arguments.of("9".repeat(500_000), "has a number of more than 1000 digits."),
        Arguments.of("-0." + "9".repeat(500_000), "has a number of more than 1000 digits."),
        Arguments.of("1e" + "9".repeat(5_000), "has a number of more than 1000 digits."),
        Arguments.of(
            "{\"" + "x".repeat(900_000) + "\":1}",
            "has a member's name of more than 50000 characters."));
  }

  @ParameterizedTest
  @MethodSource("beyondLimits")
  void limitThatIsExceededIsNamed(String value, String complaint) {
    byte[] body = ("{\"a\":" + value + "}").getBytes(UTF_8);

    assertThatThrownBy(() -> JsonBody.read(body))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("The body (is|has) .*")
        .hasMessageEndingWith(complaint);
  }

  @Test
  void whatIsWithinTheLimitsIsRead() throws Exception {
    String value = "[".repeat(998) + "9".repeat(1_000) + "]".repeat(998);
    String name = "x".repeat(50_000);

    assertThat(JsonBody.read(("{\"" + name + "\":" + value + "}").getBytes(UTF_8)).has(name))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\" 1}|The body is not JSON, at line 1 column 6.",
        "{} {}|The body is not JSON, at line 1 column 4.",
        "[]|The body has to be a JSON object.",
        "NaN|The body is not JSON, at line 1 column 4."
      })
  void whatIsNoObjectIsToldByItsPlace(String body, String complaint) {
    assertThatThrownBy(() -> JsonBody.read(body.getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessage(complaint);
  }

  @Test
  void bodySurvivesAnyBytes() {
    Random random = new Random(20261120);
    byte[] seed = "{\"é\":\"日本\",\"Tags\":[{\"Key\":1.5e3}],\"A\":null}".getBytes(UTF_8);
    for (int round = 0; round < 5_000; round++) {
      byte[] body = seed.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }

      try {
        assertThat(JsonBody.read(body).isObject()).isTrue();
      } catch (IOException expected) {
        assertThat(expected.getMessage()).startsWith("The body ").endsWith(".");
      }
    }
  }
}
