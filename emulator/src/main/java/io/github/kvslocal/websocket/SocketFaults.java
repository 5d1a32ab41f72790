package io.github.kvslocal.websocket;

import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.CallFate;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.FaultRule;
import io.github.kvslocal.fault.FaultText;
import io.github.kvslocal.fault.Occasion;
import io.github.kvslocal.runtime.Faults;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What befalls the upgrade to a signaling socket: by the rules of the emulator, and by the header
 * or query parameter {@value #NAME} of the upgrade itself, which is for this participant and for
 * what follows from its socket.
 *
 * @param policyClock what rules go by
 * @param cut closes a socket's connection without a close frame
 */
public record SocketFaults(
    Faults faults, InstantSource policyClock, Consumer<ServerWebSocket> cut) {
  private static final String NAME = "x-kvslocal-fault";

  /** What befalls an upgrade that is admitted; what its client has chosen for later is kept. */
  CallFate fate(HttpServerRequest request, UpgradeRequest upgrade) throws RefusedException {
    String chosen = chosen(request);
    if (chosen.isEmpty() && faults.isEmpty()) {
      return CallFate.NONE;
    }
    Instant now = policyClock.instant();
    Occasion whose = Occasion.of(upgrade.channel(), upgrade.participant());
    String who = Faults.called(upgrade.participant());
    List<Fault.OfCall> all =
        new ArrayList<>(
            faults.strike(
                Fault.OfCall.class,
                whose.of(upgrade.action().name()),
                upgrade.channel(),
                who,
                now));
    List<FaultRule> later = new ArrayList<>();
    for (FaultRule rule : chosen.isEmpty() ? List.<FaultRule>of() : FaultText.parse(chosen)) {
      if (rule.fault() instanceof Fault.OfCall ofCall) {
        faults.struck(NAME + " of the socket", ofCall, upgrade.channel(), who, now);
        all.add(ofCall);
      } else {
        later.add(rule);
      }
    }
    if (!later.isEmpty()) {
      faults.select(later, whose, now);
    }
    return CallFate.of(all);
  }

  private static String chosen(HttpServerRequest request) throws RefusedException {
    List<String> values = new ArrayList<>(request.headers().getAll(NAME));
    values.addAll(request.params().getAll(NAME));
    if (values.size() > 1) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          NAME
              + " is given more than once; several faults have the word 'and' between them in one"
              + " text.");
    }
    return values.isEmpty() ? "" : values.get(0);
  }
}
