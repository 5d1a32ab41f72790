package io.github.kvslocal.vertx;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose client owes a request for too long: one that says nothing, one that is
 * gone without a word, one that sends a byte now and then. While the emulator owes an answer it
 * waits; on a connection that becomes a WebSocket, {@link ViolationClose} takes its place.
 */
final class RequestPatience extends ChannelDuplexHandler {
  private final Duration patience;
  private @Nullable ScheduledFuture<?> deadline;

  /** Whether the beginning of a request has come and not yet its end. */
  private boolean reading;

  /** Requests that have come whole and are not yet answered whole. */
  private int owed;

  RequestPatience(Duration patience) {
    this.patience = patience;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext connection) {
    begin(connection);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext connection) {
    end();
  }

  @Override
  public void channelInactive(ChannelHandlerContext connection) throws Exception {
    end();
    super.channelInactive(connection);
  }

  @Override
  public void channelRead(ChannelHandlerContext connection, Object message) throws Exception {
    if (message instanceof HttpRequest) {
      reading = true;
    }
    if (message instanceof LastHttpContent && reading) {
      reading = false;
      owed++;
      end();
    }
    super.channelRead(connection, message);
  }

  @Override
  public void write(ChannelHandlerContext connection, Object message, ChannelPromise written)
      throws Exception {
    if (message instanceof HttpResponse response
        && response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
      connection.pipeline().replace(this, "violation-close", new ViolationClose());
    } else if (message instanceof LastHttpContent && owed > 0) {
      owed--;
      if (owed == 0) {
        begin(connection);
      }
    }
    var unused = connection.write(message, written);
  }

  private void begin(ChannelHandlerContext connection) {
    end();
    deadline =
        connection
            .executor()
            .schedule(
                () -> {
                  var unused = connection.close();
                },
                patience.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void end() {
    if (deadline != null) {
      deadline.cancel(false);
      deadline = null;
    }
  }
}
