package io.github.kvslocal.http;

import io.vertx.ext.web.RoutingContext;
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
        new RawRoute("/_kvslocal/health", context -> state(context, true)),
        new RawRoute("/_kvslocal/ready", context -> state(context, ready.getAsBoolean())),
        new RawRoute("/_kvslocal/ca.pem", this::authority));
  }

  private static void state(RoutingContext context, boolean good) {
    context
        .response()
        .setStatusCode(good ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(good ? "{\"status\":\"ok\"}" : "{\"status\":\"starting\"}");
  }

  private void authority(RoutingContext context) {
    context.response().putHeader("Content-Type", "application/x-pem-file").end(authorityPem);
  }
}
