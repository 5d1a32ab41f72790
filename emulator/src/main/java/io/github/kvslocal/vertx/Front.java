package io.github.kvslocal.vertx;

import io.vertx.core.http.HttpServerRequest;

/** What answers the requests that come in at a port. */
public interface Front {
  /** Answers a request, now or later. */
  void handle(HttpServerRequest request);

  /**
   * Answers at once a request of which not even the head could be read; its connection is closed
   * then.
   *
   * @param status 414 if its first line is too long, 431 if its headers are (RFC 6585 section 5),
   *     otherwise 400
   */
  void handleUnreadable(HttpServerRequest request, int status);
}
