package io.github.kvslocal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.websocket.TextAssembly.UnacceptableFrameException;
import io.vertx.core.http.WebSocketFrameType;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextAssemblyTest {
  private final TextAssembly assembly = new TextAssembly();

  @Test
  void partsBecomeOneMessageEvenWithinACharacter() throws Exception {
    byte[] bytes = "Grüße".getBytes(UTF_8);

    for (int i = 0; i < bytes.length - 1; i++) {
      WebSocketFrameType type = i == 0 ? WebSocketFrameType.TEXT : WebSocketFrameType.CONTINUATION;
      assertThat(assembly.add(type, false, new byte[] {bytes[i]})).isEmpty();
    }

    assertThat(
            assembly.add(
                WebSocketFrameType.CONTINUATION, true, new byte[] {bytes[bytes.length - 1]}))
        .contains("Grüße");
  }

  @Test
  void controlFramesBetweenThePartsDoNotMatter() throws Exception {
    assembly.add(WebSocketFrameType.TEXT, false, new byte[] {'a'});

    assertThat(assembly.add(WebSocketFrameType.PING, true, new byte[] {'x'})).isEmpty();

    assertThat(assembly.add(WebSocketFrameType.CONTINUATION, true, new byte[] {'b'}))
        .contains("ab");
  }

  @Test
  void theLongestMessageFitsAndNoLonger() throws Exception {
    byte[] half = new byte[TextAssembly.LONGEST_MESSAGE / 2];
    assembly.add(WebSocketFrameType.TEXT, false, half);
    assertThat(assembly.add(WebSocketFrameType.CONTINUATION, true, half)).isPresent();
    assembly.add(WebSocketFrameType.TEXT, false, half);
    assembly.add(WebSocketFrameType.CONTINUATION, false, half);

    assertThatThrownBy(() -> assembly.add(WebSocketFrameType.CONTINUATION, true, new byte[] {'x'}))
        .isInstanceOfSatisfying(
            UnacceptableFrameException.class,
            e -> assertThat(e.code()).isEqualTo(CloseCode.TOO_BIG));
  }

  @Test
  void anyFramesAreSurvived() {
    Random random = new Random(20261122);
    WebSocketFrameType[] types = WebSocketFrameType.values();
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      WebSocketFrameType type = types[random.nextInt(types.length)];
      try {
        assertThat(assembly.add(type, random.nextBoolean(), bytes)).isNotNull();
      } catch (UnacceptableFrameException e) {
        assertThat(e.code())
            .isIn(CloseCode.UNSUPPORTED_DATA, CloseCode.INVALID_PAYLOAD, CloseCode.TOO_BIG);
      }
    }
  }
}
