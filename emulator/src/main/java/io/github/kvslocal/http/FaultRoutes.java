package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.FaultPlan;
import io.github.kvslocal.fault.FaultRule;
import io.github.kvslocal.fault.FaultText;
import io.github.kvslocal.runtime.Faults;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules of faults at {@code /_kvslocal/faults}: GET lists them with how often each has struck,
 * POST of {@code {"fault":"go-away after=5s","channel":"door"}} adds one, DELETE removes all, or
 * the one whose id is behind the path.
 */
public final class FaultRoutes {
  private static final String PATH = "/_kvslocal/faults";
  private static final String FAULT = "fault";
  private static final Set<String> OPTIONS =
      Set.of("operation", "channel", "client", "count", "probability", "ttl", "seed");

  private final Faults faults;
  private final InstantSource clock;

  /** Routes to these faults, whose time is policy time. */
  public FaultRoutes(Faults faults, InstantSource clock) {
    this.faults = faults;
    this.clock = clock;
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(
        RawRoute.get(PATH, this::tell),
        RawRoute.post(PATH, this::add),
        new RawRoute(HttpMethod.DELETE, PATH, this::clear),
        new RawRoute(HttpMethod.DELETE, PATH + "/:id", this::remove));
  }

  private void tell(RoutingContext context) {
    tell(context, faults.list(clock.instant()));
  }

  private static void tell(RoutingContext context, List<FaultPlan.Listed> rules) {
    ObjectNode answer = Answer.object();
    ArrayNode list = answer.putArray("rules");
    rules.forEach(each -> describe(each, list.addObject()));
    end(context, answer);
  }

  private static void describe(FaultPlan.Listed listed, ObjectNode rule) {
    rule.put("id", listed.id())
        .put(FAULT, listed.rule().fault().text())
        .put("rule", listed.rule().toString())
        .put("struck", listed.struck());
    if (!listed.rule().timeToLive().equals(FaultRule.FOREVER)) {
      rule.put("ends", listed.ends().toString());
    }
  }

  private static void end(RoutingContext context, ObjectNode answer) {
    HttpServerResponse response = context.response();
    if (!response.closed()) {
      response
          .putHeader("Content-Type", "application/json")
          .end(Buffer.buffer(Answer.json(answer).bytes()));
    }
  }

  private void add(RoutingContext context) {
    Buffer body = context.body().buffer();
    try {
      Instant now = clock.instant();
      List<String> ids = new ArrayList<>();
      for (FaultRule rule : rules(Members.parse(body == null ? new byte[0] : body.getBytes()))) {
        ids.add(faults.add(rule, now));
      }
      tell(context, faults.list(now).stream().filter(each -> ids.contains(each.id())).toList());
    } catch (RefusedException e) {
      context.fail(e);
    } catch (IOException e) {
      context.fail(400, e);
    }
  }

  /** The members are options of the text form, written down one by one. */
  private static List<FaultRule> rules(Members body) throws RefusedException {
    StringBuilder text = new StringBuilder(member(body, FAULT));
    if (text.isEmpty()) {
      throw unlike("it has no member 'fault'");
    }
    for (String name : body.keys()) {
      if (OPTIONS.contains(name)) {
        String value = member(body, name);
        if (value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)) {
          throw unlike("its '" + name + "' is empty or has spaces");
        }
        text.append(' ').append(name).append('=').append(value);
      } else if (!name.equals(FAULT)) {
        throw unlike("'" + Value.shortened(name) + "' is no member of it");
      }
    }
    return FaultText.parse(text.toString());
  }

  private static String member(Members body, String name) {
    return body.has(name) ? body.value(name).node().asText() : "";
  }

  private static RefusedException unlike(String complaint) {
    return new RefusedException(
        Reason.INVALID_ARGUMENT,
        "The body has to be like {\"fault\":\"error=ThrottlingException\","
            + "\"operation\":\"JoinStorageSession\",\"channel\":\"door\",\"client\":\"master\","
            + "\"count\":2,\"probability\":0.5,\"ttl\":\"PT1M\"}, all but the fault as you like,"
            + " but "
            + complaint
            + ".");
  }

  private void clear(RoutingContext context) {
    faults.clear();
    end(context, Answer.object());
  }

  private void remove(RoutingContext context) {
    String id = context.pathParam("id");
    if (faults.remove(id)) {
      end(context, Answer.object());
    } else {
      context.fail(
          new DeclinedException(
              ServiceError.RESOURCE_NOT_FOUND,
              "There is no rule '%s'; GET %s lists those that there are."
                  .formatted(Value.shortened(id), PATH)));
    }
  }
}
