package io.github.kvslocal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.corpus.Fuzz;
import io.github.kvslocal.signaling.Inbound;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Messages that are nearly right. */
class SignalingFuzzTest {
  @Test
  void messageSurvivesAnyText() throws IOException {
    Fuzz.of("signaling")
        .with(
            message("SDP_ANSWER", "{\"type\":\"answer\",\"sdp\":\"v=0\\r\\n\"}"),
            message("ICE_CANDIDATE", "{\"candidate\":\"candidate:1\",\"sdpMLineIndex\":0}"),
            message("SDP_OFFER", "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}"))
        .surviveTexts(
            text -> {
              Inbound inbound = SignalingJson.decode(text);
              assertThat(inbound).isNotNull();
              if (inbound instanceof Inbound.Message message) {
                read(message);
              }
            });
  }

  @Test
  void payloadSurvivesAnyText() throws IOException {
    Fuzz.of("payload")
        .with(
            "{\"type\":\"answer\",\"sdp\":\"v=0\\r\\n\"}",
            "{\"candidate\":null,\"sdpMid\":\"0\",\"sdpMLineIndex\":0}",
            "{\"candidate\":\"candidate:1\",\"usernameFragment\":\"abcd\"}")
        .survive(
            bytes ->
                read(
                    (Inbound.Message)
                        SignalingJson.decode(
                            "{\"action\":\"SDP_ANSWER\",\"messagePayload\":\""
                                + Base64.getEncoder().encodeToString(padded(bytes))
                                + "\"}")));
  }

  /** A payload of no bytes is none. */
  private static byte[] padded(byte[] bytes) {
    return bytes.length == 0 || bytes.length > 7_000 ? new byte[1] : bytes;
  }

  private static void read(Inbound.Message message) {
    try {
      assertThat(message.payload().description()).isNotEmpty();
    } catch (RefusedException expected) {
      assertThat(expected.explanation()).startsWith("messagePayload");
    }
    try {
      assertThat(message.payload().candidate()).isNotNull();
    } catch (RefusedException expected) {
      assertThat(expected.explanation()).startsWith("messagePayload");
    }
  }

  private static String message(String action, String payload) {
    return "{\"action\":\"%s\",\"messagePayload\":\"%s\",\"recipientClientId\":\"a\",\"correlationId\":\"1\"}"
        .formatted(action, Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)));
  }
}
