package io.github.kvslocal.websocket;

import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Arrival;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.ErrorAnswer;
import io.github.kvslocal.api.HttpDate;
import io.github.kvslocal.api.RequestId;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.api.Target;
import io.github.kvslocal.channel.ClientId;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.fault.CallFate;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.SignalingConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upgrade to a signaling socket: admits participants of channels that exist and answers all
 * others as the services answer errors.
 *
 * <p>AWS does not publish header or body of a refused upgrade; here they are those of REST
 * (assumed).
 */
public final class SignalingSocket {
  private static final Logger LOG = LoggerFactory.getLogger(SignalingSocket.class);

  /** No ARN is longer. */
  private static final int LONGEST_NAME = 1_024;

  private final ChannelDirectory channels;
  private final Admission admission;
  private final StorageService storage;
  private final Setting setting;

  /**
   * What does not change from socket to socket.
   *
   * @param wallClock what the Date of an answer goes by
   * @param random makes the ids of requests that are declined
   * @param candidateSdpMid whether candidates of the storage session carry an sdpMid
   * @param farewell sees to it that a socket that is being closed is closed soon, whatever its
   *     client does
   * @param violations has a socket's owner told what its client does against the protocol
   * @param refusals told of every upgrade that is refused, before its client is
   * @param faults what befalls upgrades and sockets on purpose
   */
  public record Setting(
      InstantSource wallClock,
      RandomGenerator random,
      boolean candidateSdpMid,
      Consumer<ServerWebSocket> farewell,
      BiConsumer<ServerWebSocket, Consumer<String>> violations,
      Consumer<RefusedUpgrade> refusals,
      SocketFaults faults) {}

  /** An edge before these sessions. */
  public SignalingSocket(
      ChannelDirectory channels, Admission admission, StorageService storage, Setting setting) {
    this.channels = channels;
    this.admission = admission;
    this.storage = storage;
    this.setting = setting;
  }

  /** Whether a request asks for a WebSocket (RFC 6455 section 4.1). */
  public static boolean isUpgrade(HttpServerRequest request) {
    String upgrade = request.getHeader("Upgrade");
    return upgrade != null && upgrade.toLowerCase(Locale.ROOT).equals("websocket");
  }

  /** Answers a request that asks for a WebSocket. */
  public void handle(HttpServerRequest request) {
    String path = request.path() == null ? "/" : request.path();
    if (!UpgradeRequest.knowsPath(path)) {
      refuse(
          request,
          ServiceError.UNKNOWN_OPERATION,
          "There is no socket at this path; connect to /, /master or /viewer.");
      return;
    }
    UpgradeRequest upgrade;
    CallFate fate;
    try {
      Handshake.require(request);
      Caller caller = admission.authenticate(arrival(request), new byte[0]);
      upgrade =
          UpgradeRequest.of(
              caller,
              path,
              parameter(request, "X-Amz-ChannelARN"),
              parameter(request, "X-Amz-ClientId"));
      admission.admit(caller, upgrade.action(), Target.ofArn(upgrade.channel().toString()));
      channels.facts(caller, upgrade.channel());
      fate = setting.faults().fate(request, upgrade);
    } catch (DeclinedException e) {
      refuse(request, e.error(), e.explanation());
      return;
    } catch (RefusedException e) {
      refuse(request, ServiceError.of(Service.SIGNALING, e.reason()), e.explanation());
      return;
    }
    // A client may say nothing before it is admitted (RFC 6455 section 4.1).
    request.pause();
    if (fate.latency().isZero()) {
      meet(fate, upgrade, request);
    } else {
      Vertx.currentContext()
          .owner()
          .timer(fate.latency().toNanos(), TimeUnit.NANOSECONDS)
          .onSuccess(waited -> meet(fate, upgrade, request));
    }
  }

  private void meet(CallFate fate, UpgradeRequest upgrade, HttpServerRequest request) {
    if (fate.cutBefore()) {
      var unused = request.connection().close();
    } else if (!fate.code().isEmpty()) {
      request.resume();
      int status =
          fate.status() == 0 ? ServiceError.statusOf(upgrade.action(), fate.code()) : fate.status();
      refuse(
          request,
          new ErrorAnswer(
              status,
              fate.code(),
              "A fault of this emulator answers so.",
              RequestId.next(setting.random())));
    } else {
      Future.fromCompletionStage(
              storage.admit(upgrade.channel(), upgrade.participant()), Vertx.currentContext())
          .onSuccess(admitted -> admitted(fate, upgrade, request))
          .onFailure(failure -> refuse(request, failure));
    }
  }

  /**
   * A client that hung up meanwhile gets no socket; of such a connection the library would say that
   * it was answered already.
   */
  private void admitted(CallFate fate, UpgradeRequest upgrade, HttpServerRequest request) {
    if (request.response().closed()) {
      fail(upgrade, request, "the client hung up");
    } else {
      request
          .toWebSocket()
          .compose(socket -> open(fate, upgrade, socket))
          .onFailure(failure -> fail(upgrade, request, String.valueOf(failure.getMessage())));
    }
  }

  private void fail(UpgradeRequest upgrade, HttpServerRequest request, String why) {
    storage.withdraw(upgrade.channel(), upgrade.participant());
    LOG.atInfo()
        .addKeyValue("channel", upgrade.channel().name())
        .addKeyValue("client", upgrade.participant())
        .addKeyValue("from", request.remoteAddress())
        .addKeyValue("explanation", why)
        .log("socket not upgraded");
  }

  /**
   * Closes what was opened for a channel that was deleted meanwhile. With a text of its own, since
   * an explanation can be longer than the 123 bytes that a close has room for (RFC 6455 section
   * 5.5).
   */
  private Future<Void> open(CallFate fate, UpgradeRequest upgrade, ServerWebSocket socket) {
    try {
      OpenSocket opened = new OpenSocket(upgrade, socket, channels, storage, setting);
      opened.begin();
      if (fate.cutAfter()) {
        opened.drop(SignalingConnection.WITHOUT_CODE, "a fault cuts it");
      }
      return Future.succeededFuture();
    } catch (RefusedException e) {
      storage.withdraw(upgrade.channel(), upgrade.participant());
      return socket
          .close((short) CloseCode.NORMAL.number(), "the channel was deleted")
          .otherwiseEmpty();
    }
  }

  private void refuse(HttpServerRequest request, Throwable failure) {
    request.resume();
    if (failure instanceof RefusedException refused) {
      refuse(request, ServiceError.of(Service.SIGNALING, refused.reason()), refused.explanation());
    } else {
      LOG.atError().setCause(failure).log("an upgrade failed");
      refuse(
          request,
          ServiceError.INTERNAL_FAILURE,
          "The emulator failed; its log tells more under this request id.");
    }
  }

  private void refuse(HttpServerRequest request, ServiceError error, String message) {
    refuse(request, new ErrorAnswer(error, message, RequestId.next(setting.random())));
  }

  private void refuse(HttpServerRequest request, ErrorAnswer answer) {
    LOG.atInfo()
        .addKeyValue("status", answer.status())
        .addKeyValue("error", answer.code())
        .addKeyValue("explanation", answer.firstLine())
        .addKeyValue("requestId", answer.requestId())
        .addKeyValue("from", request.remoteAddress())
        .log("socket declined");
    setting.refusals().accept(refused(request, answer));
    var response =
        request
            .response()
            .setStatusCode(answer.status())
            .putHeader("Date", HttpDate.of(setting.wallClock().instant()));
    answer.headers().forEach(response::putHeader);
    if (answer.status() == ServiceError.UPGRADE_REQUIRED.status()) {
      response.putHeader("Sec-WebSocket-Version", Handshake.VERSION);
    }
    response.end(answer.json());
  }

  /** What its URL says, as far as it can be read. */
  private static RefusedUpgrade refused(HttpServerRequest request, ErrorAnswer answer) {
    String client = named(request, "X-Amz-ClientId");
    return new RefusedUpgrade(
        UpgradeRequest.actionName(request.path() == null ? "/" : request.path(), client),
        Target.ofArn(named(request, "X-Amz-ChannelARN")),
        clientId(client),
        answer);
  }

  /** Empty if it is none. */
  private static String clientId(String text) {
    try {
      return ClientId.parse(text).value();
    } catch (RefusedException e) {
      return "";
    }
  }

  private static String named(HttpServerRequest request, String name) {
    try {
      String value = parameter(request, name);
      return value.length() > LONGEST_NAME ? "" : value;
    } catch (RefusedException e) {
      return "";
    }
  }

  private static Arrival arrival(HttpServerRequest request) {
    return Arrival.of(
        request.method().name(),
        request.path(),
        request.query(),
        request.headers(),
        request.localAddress().port());
  }

  /** Empty if it is absent. AWS does not say what a parameter means that is given twice. */
  private static String parameter(HttpServerRequest request, String name) throws RefusedException {
    try {
      List<String> values = request.params().getAll(name);
      if (values.size() > 1) {
        throw new RefusedException(
            Reason.INVALID_ARGUMENT, "The query parameter " + name + " is given more than once.");
      }
      return values.isEmpty() ? "" : values.get(0);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "The query cannot be decoded: behind every % there have to be two hexadecimal digits of a"
              + " character's UTF-8.");
    }
  }
}
