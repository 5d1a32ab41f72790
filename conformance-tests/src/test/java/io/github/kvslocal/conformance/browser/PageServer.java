package io.github.kvslocal.conformance.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves the page and its script on localhost, an origin that is not the emulator's: a browser that
 * calls the emulator from here insists on CORS.
 */
final class PageServer implements AutoCloseable {
  private final HttpServer server;

  private PageServer(HttpServer server) {
    this.server = server;
  }

  static PageServer start(Path folder) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      serve(server, "/", "text/html", folder.resolve("index.html"));
      serve(server, "/master.js", "text/javascript", folder.resolve("master.js"));
      serve(server, "/call.html", "text/html", folder.resolve("call.html"));
      serve(server, "/call.js", "text/javascript", folder.resolve("call.js"));
      serve(server, "/participant.html", "text/html", folder.resolve("participant.html"));
      serve(server, "/participant.js", "text/javascript", folder.resolve("participant.js"));
      server.start();
      return new PageServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve the page", e);
    }
  }

  URI page() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void serve(HttpServer server, String path, String type, Path file) {
    server.createContext(
        path,
        exchange -> {
          try (HttpExchange answered = exchange) {
            byte[] body = Files.readAllBytes(file);
            answered.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            answered.sendResponseHeaders(200, body.length);
            answered.getResponseBody().write(body);
          }
        });
  }
}
