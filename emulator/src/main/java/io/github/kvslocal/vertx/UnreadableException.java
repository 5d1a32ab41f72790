package io.github.kvslocal.vertx;

import io.netty.handler.codec.DecoderException;
import java.io.IOException;

/**
 * Why a request cannot be read, in words for its client. They stand in the cause as well, since
 * that is what the library hands on of a body's failure.
 */
final class UnreadableException extends DecoderException {
  private final int status;
  private final String explanation;

  UnreadableException(int status, String explanation) {
    super(new IOException(explanation));
    this.status = status;
    this.explanation = explanation;
  }

  /** See {@link Front#handleUnreadable}. */
  int status() {
    return status;
  }

  String explanation() {
    return explanation;
  }
}
