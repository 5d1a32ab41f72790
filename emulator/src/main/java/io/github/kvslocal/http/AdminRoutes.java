package io.github.kvslocal.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Administration under {@code /_kvslocal/}: whether it lives, whether it is ready, whom to trust.
 */
public final class AdminRoutes {
  private final BooleanSupplier ready;
  private final String authorityPem;

  /**
   * Routes for these facts.
   *
   * @param authorityPem the certificate that clients have to trust
   */
  public AdminRoutes(BooleanSupplier ready, String authorityPem) {
    this.ready = ready;
    this.authorityPem = authorityPem;
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(
        RawRoute.at("/_kvslocal/health", (request, path) -> state(request, true)),
        RawRoute.at("/_kvslocal/ready", (request, path) -> state(request, ready.getAsBoolean())),
        RawRoute.at("/_kvslocal/ca.pem", (request, path) -> authority(request)));
  }

  private static void state(HttpServerRequest request, boolean good) {
    request
        .response()
        .setStatusCode(good ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(good ? "{\"status\":\"ok\"}" : "{\"status\":\"starting\"}");
  }

  private void authority(HttpServerRequest request) {
    request.response().putHeader("Content-Type", "application/x-pem-file").end(authorityPem);
  }
}
