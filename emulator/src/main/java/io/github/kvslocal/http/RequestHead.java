package io.github.kvslocal.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/** What has to hold for a request's head before anything in it is believed (RFC 9112). */
final class RequestHead {
  private static final int LONGEST_QUOTE = 100;

  private RequestHead() {}

  /** What is wrong with it; empty text if nothing is. */
  static String complaint(HttpServerRequest request) {
    String transfer = String.join(", ", request.headers().getAll("Transfer-Encoding"));
    if (!transfer.isEmpty() && !transfer.equalsIgnoreCase("chunked")) {
      // Where such a body ends is unknown, so what follows must not be taken for a request.
      return "The only Transfer-Encoding that is understood is chunked, but the request has '"
          + shortened(transfer)
          + "' (RFC 9112 section 6.1).";
    }
    List<String> hosts = request.headers().getAll("Host");
    if (hosts.size() > 1) {
      return "The request has %d Host headers, but there must be one (RFC 9112 section 3.2)."
          .formatted(hosts.size());
    }
    // The library would say of both that the header is not there.
    if (request.authority() == null) {
      if (!hosts.isEmpty()) {
        return "The Host header has to be <host>[:<port>], but is '"
            + shortened(hosts.get(0))
            + "'.";
      }
      if (request.version() == HttpVersion.HTTP_1_1) {
        return "The request has no Host header, without which there is no HTTP/1.1.";
      }
    }
    return "";
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_QUOTE));
  }
}
