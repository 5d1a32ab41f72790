package io.github.kvslocal.http;

import io.github.kvslocal.api.Action;
import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Arrival;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.Target;
import io.github.kvslocal.channel.RefusedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** What {@link Admission} asks about a request, read from Vert.x and from the body's members. */
final class Gate {
  private static final String ARRIVAL = "arrival";
  private static final TextRule NAME_OR_ARN = TextRule.of(1, 1024, "(?s).*");
  private static final List<String> ARNS =
      List.of("ChannelARN", "channelArn", "StreamARN", "ResourceARN");

  private final Admission admission;

  Gate(Admission admission) {
    this.admission = admission;
  }

  /**
   * Notes how a request came in and hides its content type: every body is JSON, whatever that says,
   * and the library would read forms.
   */
  static void note(RoutingContext context) {
    HttpServerRequest request = context.request();
    context.put(
        ARRIVAL,
        Arrival.of(
            request.method().name(),
            request.path(),
            request.query(),
            request.headers(),
            request.localAddress().port()));
    request.headers().remove("Content-Type");
    context.next();
  }

  /** Who sends a request that was noted. */
  Caller authenticate(RoutingContext context, byte[] body) throws DeclinedException {
    Arrival arrival = context.get(ARRIVAL);
    return admission.authenticate(arrival, body);
  }

  void admit(Caller caller, Action action, Members body) throws DeclinedException {
    admission.admit(caller, action, target(caller, body));
  }

  /** What is no name and no ARN is declined when the operation's members are checked. */
  private static Target target(Caller caller, Members body) {
    for (String member : ARNS) {
      if (body.has(member)) {
        return Target.ofArn(plain(body, member));
      }
    }
    String channel = plain(body, "ChannelName");
    if (!channel.isEmpty()) {
      return Target.channel(channel, caller);
    }
    String stream = plain(body, "StreamName");
    return stream.isEmpty() ? Target.NONE : Target.stream(stream, caller);
  }

  private static String plain(Members body, String member) {
    try {
      return body.text(member, NAME_OR_ARN).orElse("");
    } catch (RefusedException e) {
      return "";
    }
  }
}
