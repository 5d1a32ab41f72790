package io.github.kvslocal.websocket;

import io.github.kvslocal.signaling.CloseCode;
import io.vertx.core.http.WebSocketFrameType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Puts the frames of text messages together (RFC 6455 section 5.4); any other message is refused.
 */
final class TextAssembly {
  /** What breaks a rule that all frames have to keep, with the code that says so. */
  static final class UnacceptableFrameException extends Exception {
    private final CloseCode code;

    UnacceptableFrameException(CloseCode code, String complaint) {
      super(complaint, null, false, false);
      this.code = code;
    }

    CloseCode code() {
      return code;
    }
  }

  /** AWS does not say how long a message may be; its gateways take this much. */
  static final int LONGEST_MESSAGE = 131_072;

  private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

  /** Takes a frame; returns the message that it completes. Control frames complete none. */
  Optional<String> add(WebSocketFrameType type, boolean last, byte[] bytes)
      throws UnacceptableFrameException {
    return switch (type) {
      case TEXT, CONTINUATION -> addPart(last, bytes);
      case BINARY ->
          throw new UnacceptableFrameException(
              CloseCode.UNSUPPORTED_DATA, "messages have to be text, not binary");
      case PING, PONG, CLOSE -> Optional.empty();
    };
  }

  private Optional<String> addPart(boolean last, byte[] bytes) throws UnacceptableFrameException {
    if (parts.size() + bytes.length > LONGEST_MESSAGE) {
      throw new UnacceptableFrameException(
          CloseCode.TOO_BIG, "a message has at most " + LONGEST_MESSAGE + " bytes");
    }
    parts.writeBytes(bytes);
    if (!last) {
      return Optional.empty();
    }
    byte[] message = parts.toByteArray();
    parts.reset();
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString());
    } catch (CharacterCodingException e) {
      throw new UnacceptableFrameException(
          CloseCode.INVALID_PAYLOAD, "a text message has to be UTF-8");
    }
  }
}
