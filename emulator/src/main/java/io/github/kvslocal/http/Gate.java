package io.github.kvslocal.http;

import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Arrival;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.DeclinedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** What {@link Admission} asks about a request, read from Vert.x and from the body's members. */
final class Gate {
  private static final String ARRIVAL = "arrival";

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

  void admit(Caller caller, Operation operation, Members body) throws DeclinedException {
    admission.admit(caller, operation.action(), operation.subject().target(caller, body));
  }
}
