package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalPage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/**
 * The journal at {@code GET /_kvslocal/journal}, narrowed by its query: {@code channel}, {@code
 * client}, {@code session}, {@code event} (several by commas), {@code after} a number, {@code
 * limit}. With {@code wait}, a duration of at most a minute, it is answered when something matches
 * or the wait is over. Asking on with {@code after} set to the answer's {@code next} leaves nothing
 * out; where entries had to make room meanwhile, {@code gap} says so.
 */
public final class JournalRoutes {
  /** How many wait at a time; the next is refused with status 503. */
  static final int MOST_WAITING = 64;

  private final Journal journal;
  private final Vertx vertx;
  private final Semaphore free = new Semaphore(MOST_WAITING);

  /** Routes to this journal. */
  public JournalRoutes(Journal journal, Vertx vertx) {
    this.journal = journal;
    this.vertx = vertx;
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(RawRoute.get("/_kvslocal/journal", this::read));
  }

  private void read(RoutingContext context) {
    try {
      JournalRequest request = JournalRequest.of(context.queryParams());
      JournalPage page = journal.page(request.query(), request.limit());
      if (page.entries().isEmpty() && !request.patience().isZero()) {
        await(request, context);
      } else {
        answer(request, page, context);
      }
    } catch (RefusedException | DeclinedException e) {
      context.fail(e);
    }
  }

  private void await(JournalRequest request, RoutingContext context) throws DeclinedException {
    if (!free.tryAcquire()) {
      throw new DeclinedException(
          ServiceError.BUSY,
          "%d requests wait for the journal already; try again later or wait in fewer."
              .formatted(MOST_WAITING));
    }
    CompletableFuture<JournalEntry> found = journal.first(request.query());
    long timer = vertx.setTimer(request.patience().toMillis(), over -> found.cancel(false));
    context.response().closeHandler(gone -> found.cancel(false));
    Future.fromCompletionStage(found, Vertx.currentContext())
        .onComplete(
            done -> {
              vertx.cancelTimer(timer);
              free.release();
              answer(request, journal.page(request.query(), request.limit()), context);
            });
  }

  private void answer(JournalRequest request, JournalPage page, RoutingContext context) {
    HttpServerResponse response = context.response();
    if (response.closed()) {
      return;
    }
    ObjectNode body = Answer.object();
    ArrayNode entries = body.putArray("entries");
    page.entries().forEach(entry -> put(entry, entries.addObject()));
    body.put("next", page.next()).put("gap", page.gap());
    if (page.entries().isEmpty()) {
      body.put("nearMisses", journal.nearMisses(request.query()));
    }
    response
        .putHeader("Content-Type", "application/json")
        .end(Buffer.buffer(Answer.json(body).bytes()));
  }

  private static void put(JournalEntry entry, ObjectNode json) {
    json.put("number", entry.number())
        .put("at", entry.at().toString())
        .put("elapsed", entry.elapsed().toString())
        .put("event", entry.event().text())
        .put("channel", entry.channel())
        .put("channelArn", entry.origin().channelArn())
        .put("client", entry.client())
        .put("session", entry.session())
        .put("peer", entry.origin().peer())
        .put("detail", entry.detail());
    ObjectNode facts = json.putObject("facts");
    entry.facts().forEach(facts::put);
  }
}
