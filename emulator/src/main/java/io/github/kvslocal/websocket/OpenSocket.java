package io.github.kvslocal.websocket;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A socket that has been admitted. A client that does not read loses it, and so does one that sends
 * what no client has reason to send.
 */
final class OpenSocket implements SignalingConnection {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSocket.class);

  /**
   * Characters that wait for a client to read. An offer has a few thousand; all that may have
   * waited for a participant fits.
   */
  private static final int MOST_WAITING = 1_048_576;

  /** Ours: fifty times what the limits page grants a client. */
  private static final int MOST_FRAMES_PER_SECOND = 1_000;

  private static final long SECOND_NANOS = 1_000_000_000;

  /** RFC 6455 section 7.4.1. */
  private static final int POLICY_VIOLATION = 1008;

  private final UpgradeRequest who;
  private final ServerWebSocket socket;
  private final ChannelDirectory channels;
  private final StorageService storage;
  private final SignalingSocket.Setting setting;
  private final OutboundJson json;
  private final TextAssembly assembly = new TextAssembly();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean closing = new AtomicBoolean();
  private long second;
  private int framesInSecond;

  OpenSocket(
      UpgradeRequest who,
      ServerWebSocket socket,
      ChannelDirectory channels,
      StorageService storage,
      SignalingSocket.Setting setting) {
    this.who = who;
    this.socket = socket;
    this.channels = channels;
    this.storage = storage;
    this.setting = setting;
    this.json = new OutboundJson(setting.candidateSdpMid());
  }

  /** Refuses if the channel is no more. */
  void begin() throws RefusedException {
    ChannelFacts facts = channels.facts(who.caller(), who.channel());
    socket.frameHandler(this::receive);
    socket.exceptionHandler(
        failure -> LOG.debug("socket of {} failed", who.participant(), failure));
    socket.closeHandler(closed -> end());
    storage.signalingOpened(who.channel(), who.participant(), this, facts);
  }

  /** However it came to be closed, it is reported once. */
  private void end() {
    if (closing.compareAndSet(false, true)) {
      storage.signalingClosed(who.channel(), this);
    }
  }

  private void receive(WebSocketFrame frame) {
    if (closing.get()) {
      return;
    }
    boolean firstInSecond = startsSecond(System.nanoTime());
    if (++framesInSecond > MOST_FRAMES_PER_SECOND) {
      close(POLICY_VIOLATION, "too many frames at once");
      return;
    }
    try {
      assembly
          .add(frame.type(), frame.isFinal(), frame.binaryData().getBytes())
          .filter(text -> !text.isEmpty())
          .ifPresentOrElse(
              this::hear,
              () -> {
                if (firstInSecond) {
                  storage.signalingActive(who.channel(), this);
                }
              });
    } catch (TextAssembly.UnacceptableFrameException e) {
      close(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private boolean startsSecond(long now) {
    if (framesInSecond > 0 && now - second < SECOND_NANOS) {
      return false;
    }
    second = now;
    framesInSecond = 0;
    return true;
  }

  /** What cannot be read goes in as well: one place decides how a message is declined. */
  private void hear(String text) {
    try {
      storage.signalingReceived(
          who.channel(),
          this,
          SignalingJson.decode(text),
          channels.facts(who.caller(), who.channel()));
    } catch (RefusedException e) {
      // The channel was deleted: whoever deletes it closes its sockets.
      LOG.debug("a message for a channel that is no more");
    }
  }

  @Override
  public void send(Outbound message) {
    String text = message.encode(json);
    if (waiting.addAndGet(text.length()) > MOST_WAITING) {
      close(POLICY_VIOLATION, "too many messages wait to be read");
      return;
    }
    socket.writeTextMessage(text).onComplete(written -> waiting.addAndGet(-text.length()));
  }

  @Override
  public void ping() {
    var unused = socket.writePing(Buffer.buffer());
  }

  @Override
  public void close(int code, String reason) {
    if (closing.compareAndSet(false, true)) {
      LOG.atInfo()
          .addKeyValue("channel", who.channel().name())
          .addKeyValue("client", who.participant())
          .addKeyValue("code", code)
          .addKeyValue("reason", reason)
          .log("socket closed");
      socket.close((short) code, reason);
      setting.farewell().accept(socket);
      // Whatever is said to its participant from now on is for the next socket.
      storage.signalingClosed(who.channel(), this);
    }
  }
}
