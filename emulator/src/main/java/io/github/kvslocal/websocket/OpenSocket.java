package io.github.kvslocal.websocket;

import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.runtime.ChannelDirectory;
import io.github.kvslocal.runtime.StorageService;
import io.github.kvslocal.signaling.ChannelFacts;
import io.github.kvslocal.signaling.CloseCode;
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

  /** Ours: what a client may ping in a minute that reads nothing meanwhile. */
  private static final int MOST_UNREAD_PONGS = 600;

  /** What RFC 6455 section 7.4.1 calls a close that names no code. */
  private static final int UNNAMED = 1_005;

  /** And this, an end without a close. */
  private static final int GONE = 1_006;

  private static final long SECOND_NANOS = 1_000_000_000;

  private final UpgradeRequest who;
  private final ServerWebSocket socket;
  private final ChannelDirectory channels;
  private final StorageService storage;
  private final SignalingSocket.Setting setting;
  private final OutboundJson json;
  private final TextAssembly assembly = new TextAssembly();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean closing = new AtomicBoolean();

  /** Whether a ping has been sent whose pong has not come; there is no other until then. */
  private final AtomicBoolean pingUnanswered = new AtomicBoolean();

  private volatile int closeCode;

  // These four on the socket's event loop only.
  private boolean pingWritten;
  private int unreadPongs;
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
        failure ->
            LOG.atDebug()
                .addKeyValue("channel", who.channel().name())
                .addKeyValue("client", who.participant())
                .setCause(failure)
                .log("a socket failed"));
    socket.closeHandler(closed -> end(GONE));
    storage.signalingOpened(who.channel(), who.participant(), this, facts);
    setting.violations().accept(socket, this::violated);
  }

  /** Its client is told already, and hears nothing else any more. */
  private void violated(String complaint) {
    if (closing.compareAndSet(false, true)) {
      LOG.atInfo()
          .addKeyValue("channel", who.channel().name())
          .addKeyValue("client", who.participant())
          .addKeyValue("reason", complaint)
          .log("socket closed, since its client broke the protocol");
      storage.signalingClosed(who.channel(), this);
    }
  }

  /** However it came to be closed, it is reported once. */
  private void end(int code) {
    if (closing.compareAndSet(false, true)) {
      closeCode = code;
      storage.signalingClosed(who.channel(), this);
    }
  }

  private void receive(WebSocketFrame frame) {
    if (closing.get()) {
      return;
    }
    countFrame(System.nanoTime());
    if (framesInSecond > MOST_FRAMES_PER_SECOND) {
      close(CloseCode.POLICY_VIOLATION, "too many frames at once");
      return;
    }
    switch (frame.type()) {
      case CLOSE -> {
        // Its answer waits behind what the client does not read.
        end(frame.closeStatusCode() > 0 ? frame.closeStatusCode() : UNNAMED);
        setting.farewell().accept(socket);
      }
      case PING -> pinged();
      case PONG -> ponged();
      case TEXT, BINARY, CONTINUATION -> take(frame);
    }
  }

  /**
   * The library answers a ping at once. Its answers to a client that does not read wait uncounted,
   * so they are counted here: all of them since it last kept up.
   */
  private void pinged() {
    unreadPongs = socket.writeQueueFull() ? unreadPongs + 1 : 0;
    if (unreadPongs > MOST_UNREAD_PONGS) {
      close(CloseCode.POLICY_VIOLATION, "too many pongs wait to be read");
      return;
    }
    report();
  }

  /** A pong that nobody has asked for is activity, too, but answers no ping (section 5.5.3). */
  private void ponged() {
    if (pingWritten) {
      pingWritten = false;
      pingUnanswered.set(false);
    }
    report();
  }

  /** A frame without a message has come. */
  private void report() {
    storage.signalingActive(who.channel(), this);
  }

  private void take(WebSocketFrame frame) {
    try {
      assembly
          .add(frame.type(), frame.isFinal(), frame.binaryData().getBytes())
          .filter(text -> !text.isEmpty())
          .ifPresentOrElse(this::hear, this::report);
    } catch (TextAssembly.UnacceptableFrameException e) {
      close(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private void countFrame(long now) {
    if (framesInSecond == 0 || now - second >= SECOND_NANOS) {
      second = now;
      framesInSecond = 0;
    }
    framesInSecond++;
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
      LOG.atDebug()
          .addKeyValue("channel", who.channel().name())
          .log("a message for a channel that is no more");
    }
  }

  @Override
  public void send(Outbound message) {
    String text = message.encode(json);
    if (waiting.addAndGet(text.length()) > MOST_WAITING) {
      close(CloseCode.POLICY_VIOLATION, "too many messages wait to be read");
      return;
    }
    socket.writeTextMessage(text).onComplete(written -> waiting.addAndGet(-text.length()));
  }

  @Override
  public void ping() {
    if (pingUnanswered.compareAndSet(false, true)) {
      socket.writePing(Buffer.buffer()).onSuccess(written -> pingWritten = true);
    }
  }

  @Override
  public int closeCode() {
    return closeCode;
  }

  @Override
  public void close(CloseCode code, String reason) {
    drop(code.number(), reason);
  }

  @Override
  public void drop(int code, String reason) {
    if (closing.compareAndSet(false, true)) {
      closeCode = code;
      LOG.atInfo()
          .addKeyValue("channel", who.channel().name())
          .addKeyValue("client", who.participant())
          .addKeyValue("code", code)
          .addKeyValue("reason", reason)
          .log("socket closed");
      if (code == WITHOUT_CODE) {
        setting.faults().cut().accept(socket);
      } else {
        socket.close((short) code, reason);
        setting.farewell().accept(socket);
      }
      // Whatever is said to its participant from now on is for the next socket.
      storage.signalingClosed(who.channel(), this);
    }
  }
}
