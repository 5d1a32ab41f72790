package io.github.kvslocal.http;

import io.github.kvslocal.api.ErrorAnswer;
import io.github.kvslocal.api.RequestId;
import io.github.kvslocal.api.ServiceError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what requests are answered, and what was declined or failed into the log. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final int LONGEST_PATH = 200;

  private final RandomGenerator random;

  Answers(RandomGenerator random) {
    this.random = random;
  }

  void succeed(HttpServerRequest request, Answer answer) {
    HttpServerResponse response =
        request
            .response()
            .putHeader("Content-Type", "application/json")
            .putHeader("x-amzn-RequestId", RequestId.next(random));
    end(response, Buffer.buffer(answer.bytes()));
  }

  /** Declines a request for a reason that its client can do something about. */
  void refuse(HttpServerRequest request, ServiceError error, String message) {
    refuse(request, new ErrorAnswer(error, message, RequestId.next(random)));
  }

  /** Declines a request, since a fault says so. */
  void refuse(HttpServerRequest request, int status, String code) {
    refuse(
        request,
        new ErrorAnswer(
            status, code, "A fault of this emulator answers so.", RequestId.next(random)));
  }

  private static void refuse(HttpServerRequest request, ErrorAnswer answer) {
    LOG.atInfo()
        .addKeyValue("path", path(request))
        .addKeyValue("status", answer.status())
        .addKeyValue("error", answer.code())
        .addKeyValue("explanation", answer.firstLine())
        .addKeyValue("requestId", answer.requestId())
        .addKeyValue("from", request.remoteAddress())
        .log("request declined");
    end(request.response(), answer);
  }

  /** Answers for a failure of ours, of which only the log tells. */
  void fail(HttpServerRequest request, @Nullable Throwable failure) {
    ErrorAnswer answer =
        new ErrorAnswer(
            ServiceError.INTERNAL_FAILURE,
            "The emulator failed; its log tells more under this request id.",
            RequestId.next(random));
    LOG.atError()
        .addKeyValue("path", path(request))
        .addKeyValue("requestId", answer.requestId())
        .setCause(failure)
        .log("request failed");
    end(request.response(), answer);
  }

  /** Cuts off an answer that has begun, since half a one must not look whole. */
  void abandon(HttpServerRequest request, @Nullable Throwable failure) {
    LOG.atWarn()
        .addKeyValue("path", path(request))
        .addKeyValue("failure", String.valueOf(failure))
        .log("an answer could not be sent whole");
    var unused = request.response().reset();
  }

  /** What a log line or a message shows of the path. */
  static String path(HttpServerRequest request) {
    String path = String.valueOf(request.path());
    return path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path;
  }

  private static void end(HttpServerResponse response, ErrorAnswer answer) {
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    end(response, Buffer.buffer(answer.json()));
  }

  private static void end(HttpServerResponse response, Buffer body) {
    if (!response.ended() && !response.closed()) {
      response.end(body);
    }
  }
}
