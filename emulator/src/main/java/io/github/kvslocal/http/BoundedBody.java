package io.github.kvslocal.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Collects a request's body up to a bound; what goes beyond is read and thrown away. */
final class BoundedBody {
  /** All that a request of the services says fits many times. */
  static final int MOST_BYTES = 1_048_576;

  /** A client hears the refusal only after it has sent; past this the connection is cut. */
  private static final long MOST_DISCARDED = 64L * 1_048_576;

  private final HttpServerRequest request;
  private final Buffer collected = Buffer.buffer();
  private long received;
  private boolean tooLarge;

  private BoundedBody(HttpServerRequest request) {
    this.request = request;
  }

  /** Calls one of the two, once; {@code onTooLarge} as soon as it is known. */
  static void read(HttpServerRequest request, Consumer<byte[]> onComplete, Runnable onTooLarge) {
    BoundedBody body = new BoundedBody(request);
    if (announcedLength(request) > MOST_BYTES) {
      body.tooLarge = true;
    }
    request.handler(chunk -> body.take(chunk, onTooLarge));
    request.endHandler(
        end -> {
          if (!body.tooLarge) {
            onComplete.accept(body.collected.getBytes());
          }
        });
    if (body.tooLarge) {
      onTooLarge.run();
    }
  }

  private void take(Buffer chunk, Runnable onTooLarge) {
    received += chunk.length();
    if (received > MOST_DISCARDED) {
      var unused = request.connection().close();
    } else if (!tooLarge && received > MOST_BYTES) {
      tooLarge = true;
      onTooLarge.run();
    } else if (!tooLarge) {
      collected.appendBuffer(chunk);
    }
  }

  private static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
