package io.github.kvslocal.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What has to hold for a request's head before anything in it is believed (RFC 9112). */
final class RequestHead {
  private static final int LONGEST_QUOTE = 100;
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2}).{0,2}");

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
    String expected = String.join(", ", request.headers().getAll("Expect"));
    if (!expected.isEmpty() && !expected.equalsIgnoreCase("100-continue")) {
      return "The only Expect that is understood is 100-continue, but the request has '"
          + shortened(expected)
          + "' (RFC 9110 section 10.1.1).";
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

  /** Why a path or query cannot be decoded. */
  static String complaintOfTarget(HttpServerRequest request) {
    Matcher broken = BROKEN_ESCAPE.matcher(request.uri());
    return broken.find()
        ? "After every % in path and query have to stand two hexadecimal digits, unlike in '"
            + broken.group()
            + "' (RFC 3986 section 2.1)."
        : "The request's path or query cannot be read.";
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_QUOTE));
  }
}
