package io.github.kvslocal.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/**
 * A GET route outside the services, such as of administration, whose handler writes the response
 * itself.
 *
 * @param path with variable parts as {@code :name}
 * @param handler has to end the response or to fail the context, now or later; cross-origin headers
 *     are set already
 */
public record RawRoute(String path, Handler<RoutingContext> handler) {}
