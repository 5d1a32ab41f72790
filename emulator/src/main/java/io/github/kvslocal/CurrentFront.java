package io.github.kvslocal;

import io.github.kvslocal.vertx.Front;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests to whoever answers them at present; to nobody while the emulator starts or is
 * reset.
 */
final class CurrentFront implements Front {
  private static final int UNAVAILABLE = 503;

  private volatile @Nullable Front current;

  void open(Front front) {
    current = front;
  }

  /** Requests that were handled before may still be answered by the former front. */
  void shut() {
    current = null;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Front front = current;
    if (front == null) {
      var unused =
          request
              .response()
              .setStatusCode(UNAVAILABLE)
              .putHeader("Content-Type", "application/json")
              .putHeader("x-amzn-ErrorType", "ServiceUnavailableException")
              .end("{\"message\":\"The emulator starts or is being reset; try again.\"}");
    } else {
      front.handle(request);
    }
  }

  @Override
  public void handleUnreadable(HttpServerRequest request, int status, String explanation) {
    Front front = current;
    if (front == null) {
      handle(request);
    } else {
      front.handleUnreadable(request, status, explanation);
    }
  }
}
