package io.github.kvslocal.http;

import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.Target;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.CallFate;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.FaultRule;
import io.github.kvslocal.fault.FaultScope;
import io.github.kvslocal.fault.FaultText;
import io.github.kvslocal.fault.Occasion;
import io.github.kvslocal.runtime.Faults;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What befalls a call: by the rules of the emulator, and by the header {@value #HEADER} of the
 * request itself, which is for this call alone and, where it joins, for what follows from it.
 */
final class CallFaults {
  static final String HEADER = "x-kvslocal-fault";

  private static final TextRule ANY_ID = TextRule.of(1, 256, "[a-zA-Z0-9_.-]+");

  private final Faults faults;

  CallFaults(Faults faults) {
    this.faults = faults;
  }

  /**
   * What befalls a call of an operation.
   *
   * @throws RefusedException if the header is not understood, or names what cannot befall this
   */
  CallFate fate(
      HttpServerRequest request, Operation operation, Members body, Caller caller, Instant now)
      throws RefusedException {
    String chosen = request.getHeader(HEADER);
    if (chosen == null && faults.isEmpty()) {
      return CallFate.NONE;
    }
    Target target = operation.subject().target(caller, body);
    Occasion occasion = occasion(operation, target, body);
    ChannelArn channel = channel(target, caller);
    List<Fault.OfCall> all =
        new ArrayList<>(faults.strike(Fault.OfCall.class, occasion, channel, "", now));
    all.addAll(chosen(chosen, operation, occasion, channel, now));
    return CallFate.of(all);
  }

  private List<Fault.OfCall> chosen(
      @Nullable String header,
      Operation operation,
      Occasion occasion,
      ChannelArn channel,
      Instant now)
      throws RefusedException {
    List<Fault.OfCall> atOnce = new ArrayList<>();
    if (header == null) {
      return atOnce;
    }
    List<FaultRule> later = new ArrayList<>();
    for (FaultRule rule : FaultText.parse(header)) {
      if (rule.fault() instanceof Fault.OfCall ofCall) {
        faults.struck("the header " + HEADER, ofCall, channel, "", now);
        atOnce.add(ofCall);
      } else {
        later.add(rule);
      }
    }
    if (!later.isEmpty()) {
      requireJoin(operation, later);
      // A join of nobody, or of no channel, is declined; its faults are not for everybody.
      if (!occasion.channelArn().isEmpty() && !occasion.client().isEmpty()) {
        faults.select(later, occasion, now);
      }
    }
    return atOnce;
  }

  private static void requireJoin(Operation operation, List<FaultRule> later)
      throws RefusedException {
    if (operation.subject() != Subject.CHANNEL_TO_JOIN) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          ("The header %s of %s names '%s', which befalls no call: give error, latency or reset"
                  + " here, and the others with JoinStorageSession, JoinStorageSessionAsViewer or"
                  + " the signaling socket.")
              .formatted(HEADER, operation.action().name(), later.get(0).fault().text()));
    }
  }

  private static Occasion occasion(Operation operation, Target target, Members body) {
    boolean ofChannel = target.kind().equals("channel");
    return new Occasion(
        operation.action().name(),
        ofChannel ? target.name() : "",
        ofChannel ? target.arn() : "",
        client(operation, body));
  }

  private static String client(Operation operation, Members body) {
    for (String member : List.of("clientId", "ClientId", "SenderClientId")) {
      try {
        if (body.has(member)) {
          return body.text(member, ANY_ID).orElse("");
        }
      } catch (RefusedException e) {
        // The operation itself declines it.
        return "";
      }
    }
    return operation.subject() == Subject.CHANNEL_TO_JOIN ? FaultScope.MASTER : "";
  }

  /** For the journal; a call that names no ARN may be about a channel that is not there. */
  private static ChannelArn channel(Target target, Caller caller) {
    try {
      return ChannelArn.parse(target.arn());
    } catch (RefusedException e) {
      String name = target.name().isEmpty() ? "*" : target.name();
      return new ChannelArn("aws", caller.region(), caller.account(), name, 0);
    }
  }
}
