package io.github.kvslocal.http;

import io.vertx.core.http.HttpServerRequest;

/**
 * What a client sends of a body that nobody reads. So much of it is thrown away that a client gets
 * to its answer, which most read only after they have sent everything; then the connection is cut.
 */
final class UnreadBody {
  private static final long MOST_BYTES = 16L << 20;

  private long received;

  private UnreadBody() {}

  /** Takes over the body, or the rest of it, from whoever read it so far. */
  static void discard(HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    UnreadBody body = new UnreadBody();
    request.handler(
        piece -> {
          body.received += piece.length();
          if (body.received > MOST_BYTES) {
            var unused = request.connection().close();
          }
        });
  }
}
