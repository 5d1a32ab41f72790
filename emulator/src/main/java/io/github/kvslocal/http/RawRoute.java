package io.github.kvslocal.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GET route outside the services, such as of administration, whose handler writes the response
 * itself.
 *
 * @param path matched in full against the request's path
 */
public record RawRoute(Pattern path, Handler handler) {

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    /** Has to end the response, now or later; cross-origin headers are set already. */
    void handle(HttpServerRequest request, Matcher path);
  }

  /** A route for one path without variable parts. */
  public static RawRoute at(String path, Handler handler) {
    return new RawRoute(Pattern.compile(Pattern.quote(path)), handler);
  }
}
