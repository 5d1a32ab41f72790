package io.github.kvslocal.testpeer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "v=0\r\no=- 1\r\n", "\"quoted\" \\ \t\b\f \u0001 é 漢"})
  void whatIsWrittenIsReadBack(String text) {
    String json = JsonText.object("type", "answer", "sdp", text);

    assertThat(JsonText.member(json, "sdp")).contains(text);
    assertThat(JsonText.member(json, "type")).contains("answer");
  }

  @Test
  void anyEscapeIsRead() {
    String json = "{ \"a\" : \"\\u00e9\\n\\r\\t\\b\\f\\/\\\\\\\"\" }";

    assertThat(JsonText.member(json, "a")).contains("é\n\r\t\b\f/\\\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"a\"", "{\"a\":1}", "{\"a\":\"x", "{\"a\":\"\\", "{\"a\":\"\\u12"})
  void whatIsNoTextIsNothing(String json) {
    assertThat(JsonText.member(json, "a")).isEmpty();
  }

  @Test
  void survivesAnyText() {
    Random random = new Random(20_261_120);
    String alphabet = "{}\":\\au0 ,";

    for (int i = 0; i < 20_000; i++) {
      StringBuilder any = new StringBuilder("{\"a\":\"");
      for (int length = random.nextInt(20); length > 0; length--) {
        any.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(JsonText.member(any.toString(), "a")).isNotNull();
    }
  }
}
