package io.github.kvslocal.vertx;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells a client that breaks the WebSocket protocol by which code it is closed (RFC 6455 section
 * 7.4.1). The decoder knows it; Vert.x would say 1000 and hang up at once, so that a client that is
 * still sending heard nothing at all.
 */
final class ViolationClose extends ChannelDuplexHandler {
  /** What the client still sends meanwhile is read and dropped. */
  private static final long PATIENCE_MILLIS = 1_000;

  private boolean closed;
  private String complaint = "";
  private Consumer<String> listener = met -> {};

  /**
   * Says to this listener what the violation is, once, when it is met: from then on nothing that is
   * written reaches the client.
   */
  void onViolation(Consumer<String> other) {
    listener = other;
    if (closed) {
      other.accept(complaint);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext connection, Throwable failure)
      throws Exception {
    if (failure instanceof CorruptedWebSocketFrameException violation) {
      close(connection, violation);
    } else {
      super.exceptionCaught(connection, failure);
    }
  }

  private void close(ChannelHandlerContext connection, CorruptedWebSocketFrameException violation) {
    if (closed) {
      return;
    }
    closed = true;
    complaint = String.valueOf(violation.getMessage());
    var unused =
        connection.writeAndFlush(new CloseWebSocketFrame(violation.closeStatus(), complaint));
    endSoon(connection);
    listener.accept(complaint);
  }

  private static void endSoon(ChannelHandlerContext connection) {
    var unused =
        connection
            .executor()
            .schedule(() -> end(connection), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static void end(ChannelHandlerContext connection) {
    var unused = connection.close();
  }

  /** Nothing goes out after the close frame. */
  @Override
  public void write(ChannelHandlerContext connection, Object message, ChannelPromise written) {
    if (closed) {
      ReferenceCountUtil.release(message);
      written.trySuccess();
    } else {
      var unused = connection.write(message, written);
    }
  }
}
