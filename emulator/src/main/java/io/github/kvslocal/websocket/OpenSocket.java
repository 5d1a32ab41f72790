package io.github.kvslocal.websocket;

import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket that has been admitted. A client that does not read loses it. */
final class OpenSocket implements SignalingConnection {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSocket.class);

  /** Bytes that wait for a client to read; an offer has a few thousand. */
  private static final int MOST_WAITING = 1_048_576;

  /** RFC 6455 section 7.4.1. */
  private static final int POLICY_VIOLATION = 1008;

  private final UpgradeRequest who;
  private final ServerWebSocket socket;
  private final StorageService storage;
  private final AtomicInteger waiting = new AtomicInteger();

  OpenSocket(UpgradeRequest who, ServerWebSocket socket, StorageService storage) {
    this.who = who;
    this.socket = socket;
    this.storage = storage;
  }

  void begin() {
    socket.textMessageHandler(this::receive);
    socket.exceptionHandler(
        failure -> LOG.debug("socket of {} failed", who.participant(), failure));
    socket.closeHandler(closed -> storage.signalingClosed(who.channel(), who.participant(), this));
    storage.signalingOpened(who.channel(), who.participant(), this);
  }

  private void receive(String text) {
    Inbound message = SignalingJson.decode(text);
    if (message instanceof Inbound.Unreadable unreadable) {
      log("message not understood", unreadable.complaint());
      complain(unreadable);
    } else {
      storage.signalingReceived(who.channel(), who.participant(), this, message);
    }
  }

  /** An error is told to those alone who gave their message a name. */
  private void complain(Inbound.Unreadable unreadable) {
    if (!unreadable.correlationId().isEmpty()) {
      ServiceError error = ServiceError.INVALID_ARGUMENT;
      send(
          new Outbound.StatusResponse(
              unreadable.correlationId(),
              error.code(),
              Integer.toString(error.status()),
              unreadable.complaint()));
    }
  }

  @Override
  public void send(Outbound message) {
    String text = SignalingJson.encode(message);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (waiting.addAndGet(length) > MOST_WAITING) {
      close(POLICY_VIOLATION, "too many messages wait to be read");
      return;
    }
    socket.writeTextMessage(text).onComplete(written -> waiting.addAndGet(-length));
  }

  @Override
  public void close(int code, String reason) {
    socket.close((short) code, reason);
  }

  private void log(String event, String explanation) {
    LOG.atInfo()
        .addKeyValue("channel", who.channel())
        .addKeyValue("participant", who.participant())
        .addKeyValue("explanation", explanation)
        .log(event);
  }
}
