package io.github.kvslocal.websocket;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.ChannelFacts;
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
  private final ChannelDirectory channels;
  private final StorageService storage;
  private final AtomicInteger waiting = new AtomicInteger();

  OpenSocket(
      UpgradeRequest who,
      ServerWebSocket socket,
      ChannelDirectory channels,
      StorageService storage) {
    this.who = who;
    this.socket = socket;
    this.channels = channels;
    this.storage = storage;
  }

  /** Refuses if the channel is no more. */
  void begin() throws RefusedException {
    ChannelFacts facts = channels.facts(who.channel());
    socket.textMessageHandler(this::receive);
    socket.exceptionHandler(
        failure -> LOG.debug("socket of {} failed", who.participant(), failure));
    socket.closeHandler(closed -> storage.signalingClosed(who.channel(), this));
    storage.signalingOpened(who.channel(), who.participant(), this, facts);
  }

  /** What cannot be read goes in as well: one place decides how a message is declined. */
  private void receive(String text) {
    try {
      storage.signalingReceived(
          who.channel(), this, SignalingJson.decode(text), channels.facts(who.channel()));
    } catch (RefusedException e) {
      // The channel was deleted: whoever deletes it closes its sockets.
      LOG.debug("a message for a channel that is no more");
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
}
