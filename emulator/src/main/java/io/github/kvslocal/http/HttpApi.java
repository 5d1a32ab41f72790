package io.github.kvslocal.http;

import io.github.kvslocal.api.ErrorAnswer;
import io.github.kvslocal.api.RequestId;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.Owner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that is asked by plain HTTP requests: finds the operation by its path alone, whatever the
 * content type, and answers in JSON whatever happens.
 */
public final class HttpApi {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

  /**
   * What does not change from request to request.
   *
   * @param policyClock the time that operations go by
   * @param defaultOwner who asks without a credential
   * @param publicUrl what returned URLs begin with; empty text to derive it from each request
   * @param saveRegistry returns when all changes so far are kept
   */
  public record Setting(
      InstantSource policyClock,
      RandomGenerator random,
      Owner defaultOwner,
      String publicUrl,
      Supplier<Future<?>> saveRegistry) {}

  private final Map<String, Operation> operations = new HashMap<>();
  private final List<RawRoute> rawRoutes;
  private final Setting setting;
  private final @Nullable ReturnedUrls fixedUrls;
  private final CommonHeaders commonHeaders = new CommonHeaders(InstantSource.system());

  /**
   * An edge with these routes.
   *
   * @throws IllegalArgumentException if the public URL is none
   */
  public HttpApi(List<Operation> operations, List<RawRoute> rawRoutes, Setting setting) {
    operations.forEach(operation -> this.operations.put(operation.path(), operation));
    this.rawRoutes = List.copyOf(rawRoutes);
    this.setting = setting;
    this.fixedUrls = setting.publicUrl().isEmpty() ? null : ReturnedUrls.fixed(setting.publicUrl());
  }

  /**
   * Answers a request.
   *
   * @param listenerPort the port to name to a client whose Host header has none
   */
  public void handle(HttpServerRequest request, int listenerPort) {
    String path = path(request);
    commonHeaders.put(request.response());
    if (request.method().equals(HttpMethod.OPTIONS)) {
      commonHeaders.putPreflight(request);
      request.response().setStatusCode(200).end();
      return;
    }
    Exchange exchange = new Exchange(request, path, RequestId.next(setting.random()));
    Operation operation = operations.get(path);
    try {
      if (operation != null && request.method().equals(HttpMethod.POST)) {
        BoundedBody.read(
            request,
            body -> exchange.guard(() -> perform(operation, exchange, body, listenerPort)),
            exchange::refuseBody);
      } else {
        exchange.guard(() -> handleRaw(exchange));
      }
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }

  private void perform(Operation operation, Exchange exchange, byte[] body, int listenerPort) {
    HttpServerRequest request = exchange.request;
    try {
      Call call =
          new Call(
              Members.parse(body),
              Credential.owner(request.getHeader("Authorization"), setting.defaultOwner()),
              urls(request, listenerPort),
              setting.policyClock().instant());
      Future.fromCompletionStage(operation.action().perform(call), Vertx.currentContext())
          .compose(answer -> kept(operation, answer))
          .onSuccess(exchange::succeed)
          .onFailure(failure -> decline(operation, exchange, failure));
    } catch (RefusedException e) {
      exchange.refuse(ServiceError.of(operation.service(), e.reason()), e.explanation());
    } catch (IOException e) {
      exchange.refuse(ServiceError.SERIALIZATION, String.valueOf(e.getMessage()));
    }
  }

  /** What an operation has changed is kept before it is answered. */
  private Future<Answer> kept(Operation operation, Answer answer) {
    return operation.changes()
        ? setting.saveRegistry().get().map(saved -> answer)
        : Future.succeededFuture(answer);
  }

  private static void decline(Operation operation, Exchange exchange, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RefusedException refused) {
      exchange.refuse(
          ServiceError.of(operation.service(), refused.reason()), refused.explanation());
    } else {
      exchange.fail(cause);
    }
  }

  private void handleRaw(Exchange exchange) {
    boolean get =
        exchange.request.method().equals(HttpMethod.GET)
            || exchange.request.method().equals(HttpMethod.HEAD);
    for (RawRoute route : get ? rawRoutes : List.<RawRoute>of()) {
      Matcher match = route.path().matcher(exchange.path);
      if (match.matches()) {
        route.handler().handle(exchange.request, match);
        return;
      }
    }
    exchange.refuse(
        ServiceError.UNKNOWN_OPERATION,
        "There is no operation " + exchange.request.method() + " " + shorten(exchange.path) + ".");
  }

  private ReturnedUrls urls(HttpServerRequest request, int listenerPort) {
    if (fixedUrls != null) {
      return fixedUrls;
    }
    String host = request.getHeader("Host");
    return ReturnedUrls.of(request.isSSL(), host == null ? "" : host, listenerPort);
  }

  /** An endpoint with a path that ends in a slash makes some SDKs ask for {@code //operation}. */
  private static String path(HttpServerRequest request) {
    @Nullable String path = request.path();
    return path == null ? "/" : path.replaceFirst("^/{2,}", "/");
  }

  private static String shorten(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  /** One request and its answer, which is given once. */
  private static final class Exchange {
    private final HttpServerRequest request;
    private final String path;
    private final String requestId;

    Exchange(HttpServerRequest request, String path, String requestId) {
      this.request = request;
      this.path = path;
      this.requestId = requestId;
    }

    /** A bug in here is this request's alone. */
    void guard(Runnable work) {
      try {
        work.run();
      } catch (RuntimeException e) {
        fail(e);
      }
    }

    void succeed(Answer answer) {
      end(
          request
              .response()
              .setStatusCode(200)
              .putHeader("Content-Type", "application/json")
              .putHeader("x-amzn-RequestId", requestId),
          answer.bytes());
    }

    void refuse(ServiceError error, String message) {
      LOG.atInfo()
          .addKeyValue("path", shorten(path))
          .addKeyValue("status", error.status())
          .addKeyValue("error", error.code())
          .addKeyValue("explanation", message)
          .addKeyValue("requestId", requestId)
          .addKeyValue("from", request.remoteAddress())
          .log("request declined");
      answer(new ErrorAnswer(error, message, requestId));
    }

    void refuseBody() {
      refuse(
          ServiceError.REQUEST_TOO_LARGE,
          "The body is larger than " + BoundedBody.MOST_BYTES + " bytes.");
    }

    void fail(Throwable failure) {
      LOG.atError()
          .addKeyValue("path", shorten(path))
          .addKeyValue("requestId", requestId)
          .setCause(failure)
          .log("request failed");
      answer(
          new ErrorAnswer(
              ServiceError.INTERNAL_FAILURE,
              "The emulator failed; its log tells more under this request id.",
              requestId));
    }

    private void answer(ErrorAnswer answer) {
      HttpServerResponse response = request.response();
      if (response.headWritten()) {
        return;
      }
      response.setStatusCode(answer.error().status());
      answer.headers().forEach(response::putHeader);
      end(response, answer.json().getBytes(StandardCharsets.UTF_8));
    }

    private static void end(HttpServerResponse response, byte[] body) {
      if (!response.ended() && !response.closed()) {
        response.end(Buffer.buffer(body));
      }
    }
  }
}
