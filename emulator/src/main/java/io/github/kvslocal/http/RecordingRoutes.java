package io.github.kvslocal.http;

import io.github.kvslocal.api.ErrorAnswer;
import io.github.kvslocal.api.RequestId;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.recording.FragmentStore;
import io.github.kvslocal.recording.RecordingExport;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recording of a stream as one file, for a person or a script to fetch. */
public final class RecordingRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingRoutes.class);
  private static final Pattern PATH =
      Pattern.compile("/_kvslocal/streams/([a-zA-Z0-9_.-]{1,256})/recording\\.mkv");

  private final Vertx vertx;
  private final Registry registry;
  private final FragmentStore store;
  private final Owner owner;
  private final RandomGenerator random;

  /**
   * Routes to what this store holds.
   *
   * @param owner whose streams are meant, since the path names nobody
   */
  public RecordingRoutes(
      Vertx vertx, Registry registry, FragmentStore store, Owner owner, RandomGenerator random) {
    this.vertx = vertx;
    this.registry = registry;
    this.store = store;
    this.owner = owner;
    this.random = random;
  }

  /** The routes. */
  public List<RawRoute> routes() {
    return List.of(new RawRoute(PATH, (request, path) -> recording(request, path.group(1))));
  }

  private void recording(HttpServerRequest request, String name) {
    StreamArn stream;
    try {
      stream = registry.stream(owner, name).arn();
    } catch (RefusedException e) {
      decline(request.response(), e);
      return;
    }
    vertx
        .executeBlocking(
            () -> {
              send(RecordingExport.plan(store, stream), request);
              return stream;
            },
            /* ordered= */ false)
        .onFailure(failure -> fail(request.response(), stream, failure));
  }

  private static void send(RecordingExport export, HttpServerRequest request) throws IOException {
    HttpServerResponse response = request.response();
    response
        .putHeader("Content-Type", "video/x-matroska")
        .putHeader("Content-Length", Long.toString(export.size()));
    try (ResponseStream body = new ResponseStream(response)) {
      if (!request.method().name().equals("HEAD")) {
        export.writeTo(body);
      }
    }
  }

  private void fail(HttpServerResponse response, StreamArn stream, Throwable failure) {
    if (failure instanceof RefusedException refused) {
      decline(response, refused);
      return;
    }
    LOG.atWarn()
        .addKeyValue("stream", stream)
        .addKeyValue("failure", String.valueOf(failure))
        .log("a recording could not be sent whole");
    // Half a file must not look like a whole one.
    response.reset();
  }

  private void decline(HttpServerResponse response, RefusedException refused) {
    ErrorAnswer answer =
        new ErrorAnswer(
            ServiceError.of(Service.KINESIS_VIDEO, refused.reason()),
            refused.explanation(),
            RequestId.next(random));
    response.setStatusCode(answer.error().status());
    answer.headers().forEach(response::putHeader);
    response.end(answer.json());
  }
}
