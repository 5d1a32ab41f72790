package io.github.kvslocal.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * Administration under {@code /_kvslocal/}: whether it lives, whether it is ready, whom to trust,
 * what it can be asked.
 */
public final class AdminRoutes {
  /** Read once, since there are new routes after each reset. */
  private static final byte[] DESCRIPTION = readDescription();

  private final BooleanSupplier ready;
  private final String authorityPem;
  private final byte[] operations;

  /**
   * Routes for these facts.
   *
   * @param authorityPem the certificate that clients have to trust
   * @param operations the table of all that the services can be asked
   */
  public AdminRoutes(BooleanSupplier ready, String authorityPem, List<Operation> operations) {
    this.ready = ready;
    this.authorityPem = authorityPem;
    this.operations = OperationList.json(operations);
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(
        RawRoute.get("/_kvslocal/health", context -> state(context, true)),
        RawRoute.get("/_kvslocal/ready", context -> state(context, ready.getAsBoolean())),
        RawRoute.get("/_kvslocal/ca.pem", this::authority),
        RawRoute.get("/_kvslocal/openapi.json", this::description),
        RawRoute.get("/_kvslocal/operations", this::operations));
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

  private void description(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(DESCRIPTION));
  }

  /** Of all routes of administration, OpenAPI 3.1; a test holds it against them. */
  private static byte[] readDescription() {
    try (InputStream in = AdminRoutes.class.getResourceAsStream("openapi.json")) {
      return Objects.requireNonNull(in, "the jar lacks openapi.json").readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar cannot be read", e);
    }
  }

  private void operations(RoutingContext context) {
    context.response().putHeader("Content-Type", "application/json").end(Buffer.buffer(operations));
  }
}
