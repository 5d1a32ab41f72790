package io.github.kvslocal.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * A route outside the services, such as of administration, whose handler writes the response
 * itself.
 *
 * @param method GET, which serves HEAD as well, or POST, whose body is read before
 * @param path with variable parts as {@code :name}
 * @param handler has to end the response or to fail the context, now or later; cross-origin headers
 *     are set already
 */
public record RawRoute(HttpMethod method, String path, Handler<RoutingContext> handler) {
  /** A route for GET and HEAD. */
  static RawRoute get(String path, Handler<RoutingContext> handler) {
    return new RawRoute(HttpMethod.GET, path, handler);
  }

  /** A route for POST. */
  static RawRoute post(String path, Handler<RoutingContext> handler) {
    return new RawRoute(HttpMethod.POST, path, handler);
  }
}
