package io.github.kvslocal.http;

import io.github.kvslocal.api.HttpDate;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;

/**
 * What every answer carries: the right time, by which SDKs correct their clock, and leave for pages
 * of any origin to read it, error name and all.
 *
 * <p>Vert.x's CorsHandler says nothing to those who name no origin, and turns away origins that are
 * some: a host with an underscore, as containers have, or an application's own scheme.
 */
final class CommonHeaders {
  private static final String REQUEST_HEADERS =
      "authorization, content-type, x-amz-date, x-amz-security-token, x-amz-content-sha256,"
          + " x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request";

  private final InstantSource wallClock;

  CommonHeaders(InstantSource wallClock) {
    this.wallClock = wallClock;
  }

  void put(HttpServerResponse response) {
    response
        .putHeader("Date", HttpDate.of(wallClock.instant()))
        .putHeader("Access-Control-Allow-Origin", "*")
        .putHeader(
            "Access-Control-Expose-Headers",
            "x-amzn-ErrorType, x-amzn-RequestId, x-amzn-ErrorMessage, Date");
  }

  /** Answers what a browser asks before it asks (Fetch standard, CORS-preflight fetch). */
  static void answerPreflight(RoutingContext context) {
    String wanted = context.request().getHeader("Access-Control-Request-Headers");
    context
        .response()
        .putHeader("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS")
        .putHeader("Access-Control-Allow-Headers", wanted == null ? REQUEST_HEADERS : wanted)
        .putHeader("Access-Control-Allow-Private-Network", "true")
        .putHeader("Access-Control-Max-Age", "86400")
        .end();
  }
}
