package io.github.kvslocal.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SniHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells TLS from HTTP by the first byte: a TLS handshake record begins with 22 (RFC 8446 section
 * 5.1), a method with a letter (RFC 9110 section 9.1). A connection that says nothing is closed.
 */
final class FirstByte extends ByteToMessageDecoder {
  static final String NAME = "first-byte";

  private static final int HANDSHAKE_RECORD = 22;
  private static final int LONGEST_CLIENT_HELLO = 65_536;
  private static final long PATIENCE_MILLIS = 10_000;

  /** Longer than clients keep connections that they do not use; AWS does not say. */
  private static final Duration REQUEST_PATIENCE = Duration.ofMinutes(2);

  private final NamedContexts contexts;
  private final boolean plaintext;
  private @Nullable ScheduledFuture<?> deadline;

  FirstByte(NamedContexts contexts, boolean plaintext) {
    this.contexts = contexts;
    this.plaintext = plaintext;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext connection) {
    deadline =
        connection
            .executor()
            .schedule(() -> close(connection), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext connection) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext connection, ByteBuf in, List<Object> out) {
    if (in.getUnsignedByte(in.readerIndex()) == HANDSHAKE_RECORD) {
      connection.pipeline().addAfter(NAME, "tls-failure", new TlsFailure());
      expectRequests(connection.pipeline());
      connection
          .pipeline()
          .replace(this, "tls", new SniHandler(contexts, LONGEST_CLIENT_HELLO, PATIENCE_MILLIS));
    } else if (plaintext) {
      expectRequests(connection.pipeline());
      connection.pipeline().remove(this);
    } else {
      in.skipBytes(in.readableBytes());
      close(connection);
    }
  }

  /** Behind what Vert.x has put there to read requests, before what answers them. */
  private static void expectRequests(ChannelPipeline pipeline) {
    String answering = pipeline.lastContext().name();
    pipeline.addBefore(answering, "request-patience", new RequestPatience(REQUEST_PATIENCE));
    pipeline.addBefore(answering, "request-reading", new RequestReading());
  }

  private static void close(ChannelHandlerContext connection) {
    var unused = connection.close();
  }
}
