package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.recording.RecordingExport;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The recording of a stream as one file, for a person or a script to fetch, and what it is made of,
 * {@code GET /_kvslocal/streams/<name>/fragments}. Each file being sent holds a worker for as long
 * as its client takes, so they have workers of their own, and none waits.
 */
public final class RecordingRoutes {
  /** How many are sent at a time; the next is refused with status 503. */
  static final int MOST_AT_A_TIME = 4;

  /** Of the fragments of a stream; beyond that only their number is told. */
  private static final int MOST_TOLD = 1_000;

  private final Registry registry;
  private final FragmentStore store;
  private final Owner owner;
  private final WorkerExecutor workers;
  private final Semaphore free = new Semaphore(MOST_AT_A_TIME);

  /**
   * Routes to what this store holds.
   *
   * @param owner whose streams are meant where the query does not say {@code account} or {@code
   *     region}
   * @param vertx whose workers end with it
   */
  public RecordingRoutes(Registry registry, FragmentStore store, Owner owner, Vertx vertx) {
    this.registry = registry;
    this.store = store;
    this.owner = owner;
    this.workers = vertx.createSharedWorkerExecutor("kvslocal-exports", MOST_AT_A_TIME);
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(
        RawRoute.get("/_kvslocal/streams/:name/recording.mkv", this::recording),
        RawRoute.get("/_kvslocal/streams/:name/fragments", this::fragments));
  }

  /** The newest fragments, the oldest of them first, and what is missing in each. */
  private void fragments(RoutingContext context) {
    try {
      StreamArn stream = registry.stream(meant(context), context.pathParam("name")).arn();
      context
          .response()
          .putHeader("Content-Type", "application/json")
          .end(Buffer.buffer(json(stream, store.list(stream)).bytes()));
    } catch (RefusedException e) {
      context.fail(e);
    }
  }

  private static Answer json(StreamArn stream, List<FragmentMetadata> all) {
    ObjectNode answer =
        Answer.object().put("stream", stream.toString()).put("fragmentCount", all.size());
    ArrayNode told = answer.putArray("fragments");
    for (FragmentMetadata fragment : all.subList(Math.max(0, all.size() - MOST_TOLD), all.size())) {
      Gaps gaps = fragment.gaps();
      ObjectNode each =
          told.addObject()
              .put("number", fragment.number().digits())
              .put("producerTime", fragment.producerTime().toString())
              .put("serverTime", fragment.serverTime().toString())
              .put("milliseconds", fragment.duration().toMillis())
              .put("bytes", fragment.size());
      each.putObject("gaps")
          .put("pictures", gaps.pictures())
          .put("pictureMilliseconds", gaps.pictureTime().toMillis())
          .put("sounds", gaps.sounds())
          .put("soundMilliseconds", gaps.soundTime().toMillis());
    }
    return Answer.json(answer);
  }

  private void recording(RoutingContext context) {
    StreamArn stream;
    try {
      stream = registry.stream(meant(context), context.pathParam("name")).arn();
    } catch (RefusedException e) {
      context.fail(e);
      return;
    }
    if (!free.tryAcquire()) {
      context.fail(
          new DeclinedException(
              ServiceError.BUSY, "Too many recordings are being sent; try again later."));
      return;
    }
    workers
        .executeBlocking(
            () -> {
              send(RecordingExport.plan(store, stream), stream.name(), context);
              return stream;
            },
            /* ordered= */ false)
        .onComplete(done -> free.release())
        .onFailure(context::fail);
  }

  /** A person with curl has no credential, so the query takes its place. */
  private Owner meant(RoutingContext context) {
    return new Owner(
        context.queryParams().contains("account")
            ? context.queryParams().get("account")
            : owner.account(),
        context.queryParams().contains("region")
            ? context.queryParams().get("region")
            : owner.region());
  }

  /** Where a recording is, under the URL of the emulator. */
  static String path(StreamArn stream, Owner served) {
    String path = "/_kvslocal/streams/" + stream.name() + "/recording.mkv";
    return stream.account().equals(served.account()) && stream.region().equals(served.region())
        ? path
        : path + "?account=" + stream.account() + "&region=" + stream.region();
  }

  /** The announced length tells a client that half a file is no whole one. */
  private static void send(RecordingExport export, String name, RoutingContext context)
      throws IOException {
    HttpServerResponse response =
        context
            .response()
            .putHeader("Content-Type", "video/x-matroska")
            .putHeader("Content-Disposition", "attachment; filename=\"" + name + ".mkv\"")
            .putHeader("Content-Length", Long.toString(export.size()));
    ResponseStream body = new ResponseStream(response);
    if (!context.request().method().equals(HttpMethod.HEAD)) {
      export.writeTo(body);
    }
    body.end();
  }
}
