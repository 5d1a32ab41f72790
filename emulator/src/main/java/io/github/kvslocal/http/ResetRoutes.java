package io.github.kvslocal.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code POST /_kvslocal/reset}: everything as it was at the start; its body is not looked at. */
public final class ResetRoutes {
  private final Supplier<? extends CompletionStage<?>> reset;

  /**
   * A route to this reset.
   *
   * @param reset never blocks; completes when all is as it was
   */
  public ResetRoutes(Supplier<? extends CompletionStage<?>> reset) {
    this.reset = reset;
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(RawRoute.post("/_kvslocal/reset", this::reset));
  }

  private void reset(RoutingContext context) {
    Future.fromCompletionStage(reset.get(), Vertx.currentContext())
        .onSuccess(done -> answer(context))
        .onFailure(context::fail);
  }

  private static void answer(RoutingContext context) {
    if (!context.response().closed()) {
      context.response().putHeader("Content-Type", "application/json").end("{\"status\":\"ok\"}");
    }
  }
}
