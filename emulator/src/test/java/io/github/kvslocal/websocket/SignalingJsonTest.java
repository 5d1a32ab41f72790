package io.github.kvslocal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.MessageType;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalingJsonTest {
  private static final String ANSWER = "{\"type\":\"answer\",\"sdp\":\"v=0\\r\\n\"}";

  @Test
  void answerOfTheJavaScriptSdkIsUnderstood() {
    Inbound message =
        SignalingJson.decode(
            "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\""
                + base64(ANSWER)
                + "\",\"correlationId\":\"1234.abc\"}");

    assertThat(message).isEqualTo(answer("1234.abc"));
  }

  @Test
  void answerOfTheCSdkIsUnderstoodWithItsCapitals() {
    Inbound message =
        SignalingJson.decode(
            "{\n\t\"action\": \"SDP_ANSWER\",\n\t\"RecipientClientId\": \"\",\n"
                + "\t\"MessagePayload\": \""
                + base64(ANSWER)
                + "\",\n\t\"CorrelationId\": \"1700_1\"\n}");

    assertThat(message).isEqualTo(answer("1700_1"));
  }

  @Test
  void recipientMayBeNull() {
    Inbound message =
        SignalingJson.decode(
            "{\"action\":\"SDP_ANSWER\",\"recipientClientId\":null,\"messagePayload\":\""
                + base64(ANSWER)
                + "\"}");

    assertThat(message).isEqualTo(answer(""));
  }

  @Test
  void candidateIsTheAttributeAlone() throws RefusedException {
    Inbound.Message message =
        candidate("{\"candidate\":\"candidate:1 1 udp 1 ::1 9 typ host\",\"sdpMLineIndex\":\"0\"}");

    assertThat(message.payload().candidate()).isEqualTo("candidate:1 1 udp 1 ::1 9 typ host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"candidate\":\"\"}", "{\"candidate\":null}"})
  void endOfCandidatesIsEmpty(String payload) throws RefusedException {
    Inbound.Message message = candidate(payload);

    assertThat(message.payload().candidate()).isEmpty();
  }

  @Test
  void offerOfAPeerToPeerCallStaysAsItIs() {
    Inbound message =
        SignalingJson.decode(
            "{\"action\":\"SDP_OFFER\",\"recipientClientId\":\"ann\",\"messagePayload\":\""
                + base64("{\"type\":\"offer\"}")
                + "\"}");

    assertThat(message)
        .isEqualTo(
            new Inbound.Message(
                MessageType.SDP_OFFER, "ann", new JsonPayload(base64("{\"type\":\"offer\"}")), ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "null",
        "[]",
        "{",
        "{}",
        "{\"action\":\"DANCE\"}",
        "{\"action\":\"SDP_ANSWER\"}",
        "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\"%%%\"}",
        "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\"e30==\"}",
        "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\"e30=e30=\"}",
        "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\"abcde\"}",
        "{\"action\":\"SDP_OFFER\",\"messagePayload\":\"e30=\",\"recipientClientId\":\"a b\"}"
      })
  void whatIsNoMessageIsUnreadable(String text) {
    Inbound message = SignalingJson.decode(text);

    assertThat(message).isInstanceOf(Inbound.Unreadable.class);
  }

  @Test
  void unreadableMessageKeepsItsCorrelationId() {
    Inbound message = SignalingJson.decode("{\"action\":\"DANCE\",\"CorrelationId\":\"7\"}");

    assertThat(message.correlationId()).isEqualTo("7");
  }

  @Test
  void payloadOfMoreThanTenKilobytesIsRefused() {
    Inbound message =
        SignalingJson.decode(
            "{\"action\":\"SDP_OFFER\",\"messagePayload\":\"" + "A".repeat(10_244) + "\"}");

    assertThat(message)
        .isEqualTo(
            new Inbound.Unreadable(
                "messagePayload has to have 1 to 10240 characters, but has 10244", ""));
  }

  @Test
  void decoderSurvivesAnyText() {
    Random random = new Random(20261120);
    String seed =
        "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\""
            + base64(ANSWER)
            + "\",\"recipientClientId\":\"\",\"correlationId\":\"1\"}";
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder(seed);
      for (int i = random.nextInt(6); i >= 0; i--) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x1_0000));
      }
      text.setLength(random.nextInt(text.length() + 1));

      Inbound message = SignalingJson.decode(text.toString());

      assertThat(message).isNotNull();
      survives(message);
    }
  }

  /** What it says may be anything, too. */
  private static void survives(Inbound message) {
    if (message instanceof Inbound.Message readable) {
      try {
        assertThat(readable.payload().description()).isNotEmpty();
      } catch (RefusedException e) {
        assertThat(e.explanation()).startsWith("messagePayload");
      }
    }
  }

  @Test
  void decoderSurvivesDeepNesting() {
    Inbound message = SignalingJson.decode("[".repeat(60_000));

    assertThat(message).isInstanceOf(Inbound.Unreadable.class);
  }

  private static Inbound.Message candidate(String payload) {
    return (Inbound.Message)
        SignalingJson.decode(
            "{\"action\":\"ICE_CANDIDATE\",\"messagePayload\":\"" + base64(payload) + "\"}");
  }

  private static Inbound answer(String correlationId) {
    return new Inbound.Message(
        MessageType.SDP_ANSWER, "", new JsonPayload(base64(ANSWER)), correlationId);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
