package io.github.kvslocal.vertx;

import io.github.kvslocal.runtime.PolicyClock;
import io.github.kvslocal.runtime.SessionLoop;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.impl.transports.TransportInternal;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.http.WebSocketInternal;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.BindException;
import java.security.KeyStore.PrivateKeyEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The event loops and the TCP ports: each port speaks HTTP and TLS, told apart by the first byte of
 * a connection. All requests are handled on one event loop, one after the other.
 */
public final class Listener implements AutoCloseable {
  /** A presigned socket URL with a session token exceeds the usual 4096. */
  static final int LONGEST_REQUEST_LINE = 16_384;

  /** Of all headers together, and of what stands behind chunks. */
  static final int LONGEST_HEADERS = 32_768;

  /** AWS does not say which frames it takes; its gateways take these. */
  private static final int LONGEST_FRAME = 32_768;

  private static final int LONGEST_MESSAGE = 131_072;
  private static final Duration PATIENCE_TO_CLOSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE_TO_BIND = Duration.ofSeconds(10);

  private final VertxInternal vertx;
  private final PeekingTransport transport;
  private final NamedContexts contexts;
  private final ContextInternal context;
  private final List<HttpServer> servers = new ArrayList<>();

  private Listener(VertxInternal vertx, PeekingTransport transport, NamedContexts contexts) {
    this.vertx = vertx;
    this.transport = transport;
    this.contexts = contexts;
    this.context = vertx.createEventLoopContext();
  }

  /**
   * Starts the event loops; no port is open yet.
   *
   * @param certificates key and chain for a server name, empty text if the client named none; an
   *     empty result refuses the connection; called on a worker
   */
  public static Listener start(Function<String, Optional<PrivateKeyEntry>> certificates) {
    NamedContexts contexts = new NamedContexts(certificates);
    PeekingTransport transport = new PeekingTransport(contexts);
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(Math.max(1, Runtime.getRuntime().availableProcessors()))
            .setWorkerPoolSize(4)
            .setInternalBlockingPoolSize(4)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false));
    Vertx vertx =
        Vertx.builder()
            .with(options)
            .withTransport(new TransportInternal("nio", true, null, transport))
            .build();
    return new Listener((VertxInternal) vertx, transport, contexts);
  }

  /** The library's own entry, for edges that need its timers or workers. */
  public Vertx vertx() {
    return vertx;
  }

  /**
   * A loop of its own for a session; loops share the threads, one per core.
   *
   * @param whose the ARN of the session's channel
   */
  public SessionLoop sessionLoop(
      String whose, PolicyClock policyClock, Consumer<Throwable> onFailure) {
    return new VertxSessionLoop(whose, vertx.nettyEventLoopGroup().next(), policyClock, onFailure);
  }

  /** Runs a task where all requests are handled, one after the other, and tells what came of it. */
  public <T> Future<T> onRequestLoop(Supplier<Future<T>> task) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        nothing -> {
          try {
            task.get().onComplete(done);
          } catch (RuntimeException e) {
            done.fail(e);
          }
        });
    return done.future();
  }

  /**
   * Opens a port for HTTP and TLS on all addresses and returns its number.
   *
   * @param port 0 for any that is free
   * @throws IOException with words for the user if the port cannot be had
   */
  public synchronized int listen(int port, Front front) throws IOException {
    int bound = bind(port, front);
    contexts.prepare("localhost");
    return bound;
  }

  /**
   * Opens a port for TLS alone and returns its number.
   *
   * @param port 0 for any that is free
   * @throws IOException with words for the user if the port cannot be had
   */
  public synchronized int listenForTls(int port, Front front) throws IOException {
    transport.takePlaintext(false);
    try {
      return bind(port, front);
    } finally {
      transport.takePlaintext(true);
    }
  }

  private int bind(int port, Front front) throws IOException {
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setCompressionSupported(false)
                    .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                    .setMaxHeaderSize(LONGEST_HEADERS)
                    .setMaxWebSocketFrameSize(LONGEST_FRAME)
                    .setMaxWebSocketMessageSize(LONGEST_MESSAGE)
                    .setWebSocketClosingTimeout(1)
                    .setPerMessageWebSocketCompressionSupported(false)
                    .setPerFrameWebSocketCompressionSupported(false))
            .requestHandler(front::handle)
            .invalidRequestHandler(request -> refuse(request, front));
    Future<HttpServer> listening =
        Future.future(
            bound ->
                context.runOnContext(
                    nothing ->
                        server
                            .listen(SocketAddress.inetSocketAddress(port, "0.0.0.0"))
                            .onComplete(bound)));
    servers.add(server);
    try {
      return listening
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_TO_BIND.toMillis(), TimeUnit.MILLISECONDS)
          .actualPort();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          cause instanceof BindException
              ? "TCP port " + port + " cannot be opened: " + cause.getMessage()
              : "TCP port " + port + " cannot be opened: " + cause,
          cause);
    } catch (TimeoutException e) {
      throw new IOException("TCP port " + port + " did not open within " + PATIENCE_TO_BIND, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while TCP port " + port + " was opened", e);
    }
  }

  /**
   * Sees to it that a socket whose closing has begun is closed: what waits to be written to a
   * client that does not read would keep its close frame back for ever.
   */
  public static void closeSoon(ServerWebSocket socket) {
    ChannelHandlerContext connection = ((WebSocketInternal) socket).channelHandlerContext();
    var unused =
        connection
            .executor()
            .schedule(() -> cut(connection), PATIENCE_TO_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes a socket's connection at once, and its client is told nothing. */
  public static void cut(ServerWebSocket socket) {
    cut(((WebSocketInternal) socket).channelHandlerContext());
  }

  /**
   * Has a socket's owner told, on its event loop, when its client breaks the WebSocket protocol.
   * The client is told by the close frame; the socket itself is closed a moment later only.
   */
  public static void onViolation(ServerWebSocket socket, Consumer<String> complaint) {
    ViolationClose guard =
        ((WebSocketInternal) socket).channelHandlerContext().pipeline().get(ViolationClose.class);
    if (guard != null) {
      guard.onViolation(complaint);
    }
  }

  /** From the far end of the pipeline: from the near one it would wait its turn. */
  private static void cut(ChannelHandlerContext connection) {
    if (connection.channel().isActive()) {
      var unused = connection.pipeline().firstContext().close();
    }
  }

  private static void refuse(HttpServerRequest request, Front front) {
    if (request.decoderResult().cause() instanceof UnreadableException failure) {
      front.handleUnreadable(request, failure.status(), failure.explanation());
    } else {
      front.handleUnreadable(request, 400, "The request cannot be read.");
    }
    var unused = request.connection().close();
  }

  /**
   * Closes ports and connections, so that nothing new comes in, while the loops run on; returns
   * after 100 ms at the latest. A socket whose client does not say goodbye may outlive that.
   */
  public synchronized void closePorts() {
    await(Future.join(servers.stream().map(HttpServer::close).toList()), 100);
    servers.clear();
  }

  /** Closes what is still open, and the loops; returns after 250 ms at the latest. */
  @Override
  public void close() {
    contexts.stop();
    await(vertx.close(), 250);
  }

  private static void await(Future<?> closing, long millis) {
    try {
      closing.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // What is still open ends with the process.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
