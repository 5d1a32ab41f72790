package io.github.kvslocal.http;

import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.CallFate;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.runtime.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that is asked by plain HTTP requests: finds the operation by its path alone, whatever the
 * content type, and answers in JSON whatever happens.
 */
public final class HttpApi {
  /** All that a request of the services says fits many times. */
  private static final int LARGEST_BODY = 1_048_576;

  /**
   * What does not change from request to request.
   *
   * @param policyClock the time that operations go by
   * @param admission who may ask for what
   * @param publicUrl what returned URLs begin with; empty text to derive it from each request
   * @param saveRegistry returns when all changes so far are kept
   * @param journal where every request is noted
   * @param faults what befalls calls on purpose
   */
  public record Setting(
      InstantSource policyClock,
      RandomGenerator random,
      Admission admission,
      String publicUrl,
      Supplier<Future<?>> saveRegistry,
      Journal journal,
      Faults faults) {}

  private final Router router;
  private final Setting setting;
  private final Gate gate;
  private final CallFaults faults;
  private final Answers answers;
  private final RequestNotes notes;
  private final @Nullable ReturnedUrls fixedUrls;
  private final CommonHeaders commonHeaders = new CommonHeaders(InstantSource.system());

  /**
   * An edge with these routes.
   *
   * @throws IllegalArgumentException if the public URL is none
   */
  public HttpApi(
      Vertx vertx, List<Operation> operations, List<RawRoute> rawRoutes, Setting setting) {
    this.router = Router.router(vertx);
    this.setting = setting;
    this.gate = new Gate(setting.admission());
    this.faults = new CallFaults(setting.faults());
    this.answers = new Answers(setting.random());
    this.notes = new RequestNotes(setting.journal(), setting.policyClock());
    this.fixedUrls = setting.publicUrl().isEmpty() ? null : ReturnedUrls.fixed(setting.publicUrl());
    router.options().handler(CommonHeaders::answerPreflight);
    router.route().handler(notes::begin);
    router.route().handler(Gate::note);
    BodyHandler body =
        BodyHandler.create(/* handleFileUploads= */ false).setBodyLimit(LARGEST_BODY);
    for (Operation operation : operations) {
      router
          .post(operation.path())
          .handler(body)
          .handler(context -> perform(operation, context))
          .failureHandler(context -> decline(operation.service(), context));
    }
    rawRoutes.forEach(route -> add(route, body));
    Set<String> paths = operations.stream().map(Operation::path).collect(Collectors.toSet());
    router
        .route()
        .handler(context -> context.fail(unknown(context, paths)))
        .failureHandler(context -> decline(Service.KINESIS_VIDEO, context));
    // What cannot be decoded in path or query fails before its route, and with no status.
    router.errorHandler(
        400,
        context ->
            decline(
                context.request(),
                400,
                new IOException(RequestHead.complaintOfTarget(context.request()))));
  }

  private void add(RawRoute raw, BodyHandler body) {
    Route route = router.route(raw.path()).method(raw.method());
    if (raw.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    } else {
      route.handler(body);
    }
    route.handler(raw.handler()).failureHandler(context -> decline(Service.KINESIS_VIDEO, context));
  }

  /**
   * Checks what a user wants returned URLs to begin with.
   *
   * @throws IllegalArgumentException if it is none, with a text for the person who wrote it
   */
  public static void requirePublicUrl(String text) {
    ReturnedUrls.fixed(text);
  }

  /**
   * Whether a request's head can be believed. One that cannot has been answered here, and its
   * connection is closed.
   */
  public boolean admitsHead(HttpServerRequest request) {
    String complaint = RequestHead.complaint(request);
    if (complaint.isEmpty()) {
      return true;
    }
    commonHeaders.put(request.response());
    notes.unreadable(400);
    decline(request, 400, new IOException(complaint));
    var unused = request.connection().close();
    return false;
  }

  /** Answers a request whose head is admitted. */
  public void handle(HttpServerRequest request) {
    commonHeaders.put(request.response());
    UnreadBody.discard(request);
    router.handle(request);
  }

  /**
   * Answers a request of which not even the head can be read.
   *
   * @param status what is wrong with it: 414 or 431 if it is too long, 505 if it is no HTTP/1,
   *     otherwise 400
   * @param explanation the same in words for its client
   */
  public void handleUnreadable(HttpServerRequest request, int status, String explanation) {
    commonHeaders.put(request.response());
    notes.unreadable(status);
    decline(request, status, new IOException(explanation));
  }

  /**
   * Who asks comes before what for: nobody learns from a complaint about a body that is not theirs
   * to send. Which channel it is about, and so whether they may, stands in the body.
   */
  private void perform(Operation operation, RoutingContext context) {
    HttpServerRequest request = context.request();
    byte[] body = bytes(context.body().buffer());
    try {
      RequestNotes.operation(context, operation);
      Caller caller = gate.authenticate(context, body);
      RequestNotes.caller(context, caller);
      Members members = Members.parse(body);
      RequestNotes.target(context, caller, operation, members);
      gate.admit(caller, operation, members);
      Owner owner = new Owner(caller.account(), caller.region());
      CallFate fate =
          faults.fate(request, operation, members, caller, setting.policyClock().instant());
      if (fate.latency().isZero()) {
        meet(fate, operation, members, owner, context);
      } else {
        context
            .vertx()
            .timer(fate.latency().toNanos(), TimeUnit.NANOSECONDS)
            .compose(
                waited -> {
                  meet(fate, operation, members, owner, context);
                  return Future.succeededFuture();
                })
            .onFailure(context::fail);
      }
    } catch (DeclinedException | RefusedException e) {
      context.fail(e);
    } catch (IOException e) {
      context.fail(400, e);
    }
  }

  private void meet(
      CallFate fate, Operation operation, Members members, Owner owner, RoutingContext context) {
    HttpServerRequest request = context.request();
    if (fate.cutBefore()) {
      var unused = request.connection().close();
    } else if (!fate.code().isEmpty()) {
      int status = fate.status();
      answers.refuse(
          request,
          status == 0 ? ServiceError.statusOf(operation.action(), fate.code()) : status,
          fate.code());
    } else {
      Call call = new Call(members, owner, urls(request), setting.policyClock().instant());
      carryOut(operation, call, context)
          .onSuccess(
              kept -> {
                if (fate.cutAfter()) {
                  var unused = request.connection().close();
                } else {
                  answers.succeed(request, kept);
                }
              })
          .onFailure(context::fail);
    }
  }

  private Future<Answer> carryOut(Operation operation, Call call, RoutingContext context) {
    try {
      CompletionStage<Answer> answer = operation.handler().perform(call);
      context.response().closeHandler(gone -> answer.toCompletableFuture().cancel(false));
      return Future.fromCompletionStage(answer, Vertx.currentContext())
          .compose(decided -> kept(operation, decided));
    } catch (RefusedException e) {
      return Future.failedFuture(e);
    }
  }

  /**
   * AWS does not say how it declines another method than POST; as a path that it does not have, in
   * the words of the protocol.
   */
  private static DeclinedException unknown(RoutingContext context, Set<String> paths) {
    String what = context.request().method() + " " + Answers.path(context.request());
    return new DeclinedException(
        ServiceError.UNKNOWN_OPERATION,
        "There is no operation "
            + what
            + (paths.contains(context.normalizedPath()) ? "; it is called by POST." : "."));
  }

  private static byte[] bytes(@Nullable Buffer body) {
    return body == null ? new byte[0] : body.getBytes();
  }

  /** What an operation has changed is kept before it is answered. */
  private Future<Answer> kept(Operation operation, Answer answer) {
    return operation.changes()
        ? setting.saveRegistry().get().map(saved -> answer)
        : Future.succeededFuture(answer);
  }

  private ReturnedUrls urls(HttpServerRequest request) {
    if (fixedUrls != null) {
      return fixedUrls;
    }
    String host = request.getHeader("Host");
    return ReturnedUrls.of(
        request.isSSL(), host == null ? "" : host, request.localAddress().port());
  }

  /** Answers for what failed here, or in the library, which tells by a status. */
  private void decline(Service service, RoutingContext context) {
    HttpServerRequest request = context.request();
    Throwable failure = cause(context.failure());
    if (failure instanceof CancellationException && request.response().closed()) {
      // The client hung up before it was answered.
      return;
    }
    if (request.response().headWritten()) {
      answers.abandon(request, failure);
    } else if (failure instanceof DeclinedException declined) {
      answers.refuse(request, declined.error(), declined.explanation());
    } else if (failure instanceof RefusedException refused) {
      answers.refuse(request, ServiceError.of(service, refused.reason()), refused.explanation());
    } else {
      decline(request, context.statusCode(), failure);
    }
  }

  private void decline(HttpServerRequest request, int status, @Nullable Throwable failure) {
    UnreadBody.discard(request);
    switch (status) {
      // The context failed before anybody set a status, so this is the one it began with: the
      // client hung up before its body was whole, and there is nobody to answer.
      case 200 -> {}
      case 400 -> answers.refuse(request, ServiceError.SERIALIZATION, explanation(failure));
      case 404 ->
          answers.refuse(
              request,
              ServiceError.UNKNOWN_OPERATION,
              "There is no operation " + request.method() + " " + Answers.path(request) + ".");
      case 413 ->
          answers.refuse(
              request,
              ServiceError.REQUEST_TOO_LARGE,
              "The body is larger than " + LARGEST_BODY + " bytes.");
      case 414 -> answers.refuse(request, ServiceError.URI_TOO_LONG, explanation(failure));
      case 431 -> answers.refuse(request, ServiceError.HEADERS_TOO_LARGE, explanation(failure));
      case 505 ->
          answers.refuse(request, ServiceError.HTTP_VERSION_NOT_SUPPORTED, explanation(failure));
      default -> answers.fail(request, failure);
    }
  }

  /** What an IOException says is ours, and for the client; the rest is the library's. */
  private static String explanation(@Nullable Throwable failure) {
    return failure instanceof IOException
        ? String.valueOf(failure.getMessage())
        : "The request cannot be read.";
  }

  /** A stage wraps what it fails with. */
  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
