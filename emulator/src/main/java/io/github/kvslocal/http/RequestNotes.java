package io.github.kvslocal.http;

import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.Target;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.Origin;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Writes every request of the services into the journal: what was asked by whom, and how it was
 * answered; no body, no header. The entry is there before the client has the answer. Administration
 * is left out, or whoever reads the journal would fill it.
 */
final class RequestNotes {
  private static final String ADMINISTRATION = "/_kvslocal/";
  private static final String ABOUT = "about";

  private final Journal journal;
  private final InstantSource policyClock;

  /** What is known of a request so far. */
  private static final class About {
    String operation = "";
    @Nullable Caller caller;
    Target target = Target.NONE;
    String client = "";
    boolean noted;
  }

  RequestNotes(Journal journal, InstantSource policyClock) {
    this.journal = journal;
    this.policyClock = policyClock;
  }

  /** A request has come. */
  void begin(RoutingContext context) {
    String path = context.request().path();
    if (path == null || !path.startsWith(ADMINISTRATION)) {
      About about = new About();
      context.put(ABOUT, about);
      context.addHeadersEndHandler(headers -> answered(about, context));
      context.addEndHandler(
          end -> {
            if (end.failed()) {
              abandoned(about);
            }
          });
    }
    context.next();
  }

  /** It is for this operation. */
  static void operation(RoutingContext context, Operation operation) {
    of(context).operation = operation.action().name();
  }

  /** It comes from here. */
  static void caller(RoutingContext context, Caller caller) {
    of(context).caller = caller;
  }

  /** It is about these. */
  static void target(RoutingContext context, Caller caller, Operation operation, Members body) {
    About about = of(context);
    about.target = operation.subject().target(caller, body);
    if (about.operation.startsWith("JoinStorageSession")) {
      about.client = client(body);
    }
  }

  /** Who joins; the KVS C SDK has viewers join by the master's operation. */
  private static String client(Members body) {
    try {
      return body.text("clientId", TextRule.NAME).map(Origin::viewer).orElse("master");
    } catch (RefusedException e) {
      return "";
    }
  }

  private static About of(RoutingContext context) {
    About about = context.get(ABOUT);
    return about == null ? new About() : about;
  }

  /** A request that could not even be read was answered so. */
  void unreadable(int status) {
    journal.write(
        policyClock.instant(),
        Origin.NONE,
        Event.REQUEST,
        "a request that cannot be read is answered " + status,
        Map.of("status", Integer.toString(status)));
  }

  private void answered(About about, RoutingContext context) {
    HttpServerResponse response = context.response();
    String error = String.valueOf(response.headers().get("x-amzn-ErrorType"));
    boolean declined = response.headers().contains("x-amzn-ErrorType");
    Map<String, String> facts = facts(about);
    facts.put("status", Integer.toString(response.getStatusCode()));
    if (declined) {
      facts.put("error", error);
    }
    write(
        about,
        " is answered %d%s"
            .formatted(
                response.getStatusCode(),
                declined ? " " + error + explanation(context.failure()) : ""),
        facts);
  }

  private void abandoned(About about) {
    if (!about.noted) {
      write(about, " is not answered, since its client hung up", facts(about));
    }
  }

  private void write(About about, String how, Map<String, String> facts) {
    about.noted = true;
    String what = about.operation.isEmpty() ? "a request for no operation" : about.operation;
    journal.write(policyClock.instant(), origin(about), Event.REQUEST, what + how, facts);
  }

  private static Map<String, String> facts(About about) {
    Map<String, String> facts = new TreeMap<>();
    if (!about.operation.isEmpty()) {
      facts.put("operation", about.operation);
    }
    if (about.caller != null) {
      facts.put("account", about.caller.account());
      facts.put("region", about.caller.region());
    }
    if (about.target.kind().equals("stream") && isName(about.target.name())) {
      facts.put("stream", about.target.name());
    }
    return facts;
  }

  private static Origin origin(About about) {
    return about.target.kind().equals("channel") && isName(about.target.name())
        ? new Origin(about.target.name(), about.target.arn(), about.client, "", "")
        : Origin.NONE;
  }

  /** What is called by another is about none that there could be. */
  private static boolean isName(String text) {
    return text.length() <= TextRule.NAME.most() && TextRule.NAME.pattern().matcher(text).matches();
  }

  /** Its first line, since further ones can repeat the request, and so a session token. */
  private static String explanation(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String text = "";
    if (cause instanceof RefusedException refused) {
      text = refused.explanation();
    } else if (cause instanceof DeclinedException declined) {
      text = declined.explanation();
    }
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return line.isEmpty() ? "" : ": " + line;
  }
}
