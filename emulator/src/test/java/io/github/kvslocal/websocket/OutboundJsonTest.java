package io.github.kvslocal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.signaling.MessageType;
import io.github.kvslocal.signaling.Outbound;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class OutboundJsonTest {
  @Test
  void offerIsWrittenInTheServicesOrderWithoutASender() {
    String text = written(new Outbound.SdpOffer("v=0\r\n"));

    assertThat(text)
        .isEqualTo(
            "{\"messagePayload\":\""
                + base64("{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}")
                + "\",\"messageType\":\"SDP_OFFER\"}");
  }

  @Test
  void candidateIsWrittenWithItsLineAndWithoutAMid() {
    String text = written(new Outbound.IceCandidate("candidate:1", 0));

    assertThat(text)
        .isEqualTo(
            "{\"messagePayload\":\""
                + base64("{\"candidate\":\"candidate:1\",\"sdpMLineIndex\":0}")
                + "\",\"messageType\":\"ICE_CANDIDATE\"}");
  }

  @Test
  void anotherClientsMessageIsPassedOnAsItWasWritten() {
    String text = written(new Outbound.Relayed(MessageType.ICE_CANDIDATE, "e30", "ann"));

    assertThat(text)
        .isEqualTo(
            "{\"messagePayload\":\"e30\",\"messageType\":\"ICE_CANDIDATE\","
                + "\"senderClientId\":\"ann\"}");
  }

  @Test
  void theMasterIsNoSenderByName() {
    String text = written(new Outbound.Relayed(MessageType.SDP_ANSWER, "e30=", ""));

    assertThat(text).isEqualTo("{\"messagePayload\":\"e30=\",\"messageType\":\"SDP_ANSWER\"}");
  }

  @Test
  void goodbyeIsBare() {
    assertThat(written(new Outbound.GoAway())).isEqualTo("{\"messageType\":\"GO_AWAY\"}");
  }

  @Test
  void statusResponseNestsItsMembersBehindTheirKey() {
    String text = written(new Outbound.StatusResponse("7", Reason.INVALID_ARGUMENT, "no"));

    assertThat(text)
        .isEqualTo(
            "{\"messageType\":\"STATUS_RESPONSE\",\"statusResponse\":{\"correlationId\":\"7\","
                + "\"errorType\":\"InvalidArgumentException\",\"statusCode\":\"400\","
                + "\"description\":\"no\",\"success\":false}}");
  }

  @Test
  void candidateHasAMidForClientsThatNeedOne() {
    String text = new Outbound.IceCandidate("candidate:1", 1).encode(new OutboundJson(true));

    assertThat(text)
        .isEqualTo(
            "{\"messagePayload\":\""
                + base64("{\"candidate\":\"candidate:1\",\"sdpMid\":\"1\",\"sdpMLineIndex\":1}")
                + "\",\"messageType\":\"ICE_CANDIDATE\"}");
  }

  @Test
  void descriptionIsCutToItsLongest() {
    String text = written(new Outbound.StatusResponse("7", Reason.NO_ANSWER, "x".repeat(2000)));

    assertThat(text).contains("\"" + "x".repeat(1024) + "\"");
  }

  private static String written(Outbound message) {
    return message.encode(new OutboundJson(false));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
