package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.ClockPace;
import io.github.kvslocal.runtime.PolicyClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The policy clock at {@code /_kvslocal/clock}: GET tells it and what waits for it, POST of a
 * {@link ClockOrder} such as {@code {"advance":"PT3M"}} moves it and is answered when everything
 * that fell due has run. Both answer the time, how it goes, by how much it was advanced in all, and
 * the first of what waits, in order.
 */
public final class ClockRoutes {
  private static final String PATH = "/_kvslocal/clock";

  /** Of what waits; beyond that only its number is told. */
  private static final int MOST_TOLD = 100;

  private final PolicyClock clock;

  /** Routes to this clock. */
  public ClockRoutes(PolicyClock clock) {
    this.clock = clock;
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(RawRoute.get(PATH, this::tell), RawRoute.post(PATH, this::move));
  }

  private void tell(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (!response.closed()) {
      response.putHeader("Content-Type", "application/json").end(Buffer.buffer(json().bytes()));
    }
  }

  private Answer json() {
    ClockPace pace = clock.pace();
    ObjectNode time =
        Answer.object()
            .put("now", pace.now().toString())
            .put("mode", pace.mode().name().toLowerCase(Locale.ROOT))
            .put("scale", pace.scale())
            .put("offset", pace.offset().toString())
            .put("ahead", pace.ahead().toString())
            .put("waitingCount", clock.waitingCount());
    ArrayNode waiting = time.putArray("waiting");
    for (PolicyClock.Waiting each : clock.waiting(MOST_TOLD)) {
      waiting
          .addObject()
          .put("at", each.at().toString())
          .put(each.whose().contains(":stream/") ? "stream" : "channel", each.whose())
          .put("what", each.what());
    }
    return Answer.json(time);
  }

  private void move(RoutingContext context) {
    Buffer body = context.body().buffer();
    try {
      ClockOrder order =
          ClockOrder.read(Members.parse(body == null ? new byte[0] : body.getBytes()));
      Future.fromCompletionStage(order.give(clock), Vertx.currentContext())
          .onSuccess(now -> tell(context))
          .onFailure(context::fail);
    } catch (RefusedException e) {
      context.fail(e);
    } catch (IOException e) {
      context.fail(400, e);
    }
  }
}
