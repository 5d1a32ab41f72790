package io.github.kvslocal.websocket;

import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.ServiceError;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.stream.Stream;

/**
 * What a request has to be to become a WebSocket (RFC 6455 section 4.2.1). It is judged before
 * anything is looked up or counted for it.
 *
 * <p>AWS does not say how it answers one that is otherwise: here as any other request that cannot
 * be read, and a version by what RFC 6455 section 4.4 has for it.
 */
final class Handshake {
  /** The only version there is; those before it were drafts. */
  static final String VERSION = "13";

  private static final int KEY_BYTES = 16;
  private static final int LONGEST_QUOTE = 100;

  private Handshake() {}

  /**
   * Whether a request asks for a WebSocket in the right way.
   *
   * @throws DeclinedException saying what is not right
   */
  static void require(HttpServerRequest request) throws DeclinedException {
    if (!request.method().equals(HttpMethod.GET)) {
      throw new DeclinedException(
          ServiceError.UNKNOWN_OPERATION,
          "A socket is asked for by GET (RFC 6455 section 4.1), but the request is a "
              + shortened(request.method().name())
              + ".");
    }
    if (request.version() != HttpVersion.HTTP_1_1) {
      throw unreadable("A socket is asked for by HTTP/1.1 (RFC 6455 section 4.1).");
    }
    requireTarget(request.uri());
    requireConnection(request);
    requireVersion(only(request, "Sec-WebSocket-Version"));
    requireKey(only(request, "Sec-WebSocket-Key"));
    String length = String.join(", ", request.headers().getAll("Content-Length"));
    if (request.headers().contains("Transfer-Encoding") || !length.matches("0*")) {
      throw unreadable("A request for a socket has no body, but this one announces one.");
    }
  }

  /** The library reads it as a URI, and would say what is wrong in words of its own. */
  private static void requireTarget(String target) throws DeclinedException {
    try {
      var unused = new URI(target);
    } catch (URISyntaxException e) {
      throw unreadable(
          "The path with its query is no URI (RFC 3986); what it has besides letters, digits and"
              + " -._~:/?@!$&'()*+,;= has to be written as %XX.");
    }
  }

  /** The library looks at the first header alone, so they are put together for it. */
  private static void requireConnection(HttpServerRequest request) throws DeclinedException {
    String connection = String.join(", ", request.headers().getAll("Connection"));
    if (Stream.of(connection.split(",", -1))
        .map(String::strip)
        .noneMatch("upgrade"::equalsIgnoreCase)) {
      throw unreadable(
          "The header Connection has to name Upgrade (RFC 6455 section 4.1), but is '"
              + shortened(connection)
              + "'.");
    }
    request.headers().set("Connection", connection);
  }

  private static void requireVersion(String version) throws DeclinedException {
    if (!version.equals(VERSION)) {
      throw new DeclinedException(
          ServiceError.UPGRADE_REQUIRED,
          "The header Sec-WebSocket-Version has to be "
              + VERSION
              + " (RFC 6455 section 4.4), but is '"
              + shortened(version)
              + "'.");
    }
  }

  private static void requireKey(String key) throws DeclinedException {
    boolean fits;
    try {
      fits = Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      fits = false;
    }
    if (!fits) {
      throw unreadable(
          "The header Sec-WebSocket-Key has to be "
              + KEY_BYTES
              + " bytes in base64 (RFC 6455 section 4.1), but is '"
              + shortened(key)
              + "'.");
    }
  }

  /** Empty if there is none; several are none of what is expected. */
  private static String only(HttpServerRequest request, String name) {
    return String.join(", ", request.headers().getAll(name)).strip();
  }

  private static DeclinedException unreadable(String complaint) {
    return new DeclinedException(ServiceError.SERIALIZATION, complaint);
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_QUOTE));
  }
}
