package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.PolicyClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * The policy clock at {@code /_kvslocal/clock}: GET tells it and what waits for it, POST of {@code
 * {"advance":"PT3M"}} moves it and is answered when everything that fell due has run. Both answer
 * the time, by how much it was advanced in all, and the first of what waits, in order.
 */
public final class ClockRoutes {
  private static final String PATH = "/_kvslocal/clock";
  private static final String ADVANCE = "advance";

  /** Of what waits; beyond that only its number is told. */
  private static final int MOST_TOLD = 100;

  private static final int LONGEST_DURATION = 64;

  private final PolicyClock clock;

  /** Routes to this clock. */
  public ClockRoutes(PolicyClock clock) {
    this.clock = clock;
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(RawRoute.get(PATH, this::tell), RawRoute.post(PATH, this::advance));
  }

  private void tell(RoutingContext context) {
    HttpServerResponse response = context.response();
    if (!response.closed()) {
      response.putHeader("Content-Type", "application/json").end(Buffer.buffer(json().bytes()));
    }
  }

  private Answer json() {
    ObjectNode time =
        Answer.object()
            .put("now", clock.instant().toString())
            .put("offset", clock.offset().toString())
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

  private void advance(RoutingContext context) {
    Buffer body = context.body().buffer();
    try {
      Duration by = duration(Members.parse(body == null ? new byte[0] : body.getBytes()));
      Future.fromCompletionStage(clock.advance(by), Vertx.currentContext())
          .onSuccess(now -> tell(context))
          .onFailure(context::fail);
    } catch (RefusedException e) {
      context.fail(e);
    } catch (IOException e) {
      context.fail(400, e);
    }
  }

  private static Duration duration(Members body) throws RefusedException {
    for (String member : body.keys()) {
      if (!member.equals(ADVANCE)) {
        throw unlike("'" + Value.shortened(member) + "' is no member of it");
      }
    }
    if (!body.has(ADVANCE)) {
      throw unlike("it has no member 'advance'");
    }
    String text = body.value(ADVANCE).node().isTextual() ? body.value(ADVANCE).node().asText() : "";
    try {
      if (text.length() <= LONGEST_DURATION) {
        return Duration.parse(text);
      }
    } catch (DateTimeParseException e) {
      // As if it were too long.
    }
    throw unlike("its 'advance' is no ISO 8601 duration of days, hours, minutes and seconds");
  }

  private static RefusedException unlike(String complaint) {
    return new RefusedException(
        Reason.INVALID_ARGUMENT,
        "The body has to be like {\"advance\":\"PT3M\"}, for three minutes, but "
            + complaint
            + ".");
  }
}
