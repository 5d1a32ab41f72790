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
   *     505 if it is not of HTTP/1 (RFC 9110 section 15.6.6), otherwise 400
   * @param explanation what is wrong with it, in words for its client
   */
  void handleUnreadable(HttpServerRequest request, int status, String explanation);
}
