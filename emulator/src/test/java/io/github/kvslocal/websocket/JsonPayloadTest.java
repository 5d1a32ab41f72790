package io.github.kvslocal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.channel.RefusedException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPayloadTest {
  private static final String DESCRIPTION = "{\"type\":\"answer\",\"sdp\":\"v=0 >>>???~~~!\"}";

  @Test
  void bothAlphabetsAreUnderstoodPaddedOrNot() throws RefusedException {
    byte[] bytes = DESCRIPTION.getBytes(UTF_8);
    String usual = Base64.getEncoder().encodeToString(bytes);
    String android = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

    assertThat(usual).contains("/").contains("=");
    assertThat(android).contains("_").doesNotContain("=");
    assertThat(JsonPayload.isBase64(android)).isTrue();
    assertThat(new JsonPayload(android).description())
        .isEqualTo(new JsonPayload(usual).description())
        .isEqualTo("v=0 >>>???~~~!");
  }

  @ParameterizedTest
  @CsvSource({
    "e30=, true",
    "e30, true",
    "ab, true",
    "abcd, true",
    "abcde, false",
    "e30==, false",
    "e=30, false",
    "'e3 0', false",
    "'e30=\n', false",
    "%%%, false",
    "=, false"
  })
  void base64IsToldByItsLettersAndLength(String text, boolean good) {
    assertThat(JsonPayload.isBase64(text)).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|has to be {\"type\":\"answer\"",
        "{\"sdp\":\"\"}|has to be {\"type\":\"answer\"",
        "{\"sdp\":7}|has to be {\"type\":\"answer\"",
        "[1]|has to be a JSON object",
        "{|is not JSON in base64, at line 1",
      })
  void whatIsNoDescriptionIsRefusedWithWhatItHasToBe(String json, String complaint) {
    assertThatThrownBy(() -> payload(json).description())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("messagePayload " + complaint);
  }

  @Test
  void whatIsNoCandidateIsRefusedWithWhatItHasToBe() {
    assertThatThrownBy(() -> payload("{\"sdpMid\":\"0\"}").candidate())
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("messagePayload has to be {\"candidate\":");
  }

  @Test
  void anyBytesAreSurvived() {
    Random random = new Random(20261121);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      String text = Base64.getEncoder().encodeToString(bytes);

      assertThat(text.isEmpty() || JsonPayload.isBase64(text)).isTrue();
      assertThatThrownBy(() -> new JsonPayload(text).description())
          .isInstanceOf(RefusedException.class);
    }
  }

  private static JsonPayload payload(String json) {
    return new JsonPayload(Base64.getEncoder().encodeToString(json.getBytes(UTF_8)));
  }
}
