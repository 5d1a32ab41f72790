package io.github.kvslocal.api;

import java.util.Map;

/**
 * An error as all SDKs read it: the type in a header and in the body, the message under both of the
 * spellings that the service models use.
 *
 * @param status of HTTP
 * @param code the error's name
 * @param message what was wrong, what was expected and what to do
 */
public record ErrorAnswer(int status, String code, String message, String requestId) {

  /** With the status and the name that an error has. */
  public ErrorAnswer(ServiceError error, String message, String requestId) {
    this(error.status(), error.code(), message, requestId);
  }

  /** The headers that name the error, besides those of every answer. */
  public Map<String, String> headers() {
    return Map.of(
        "Content-Type",
        "application/json",
        "x-amzn-ErrorType",
        code,
        "x-amzn-RequestId",
        requestId);
  }

  /** What a log shows; further lines repeat the request, and so may hold a session token. */
  public String firstLine() {
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /** The body, {@code {"__type":…,"message":…,"Message":…}}. */
  public String json() {
    String quoted = quote(message);
    return "{\"__type\":" + quote(code) + ",\"message\":" + quoted + ",\"Message\":" + quoted + "}";
  }

  /** RFC 8259 section 7; everything beyond printable ASCII is escaped. */
  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c > 0x7e) {
        quoted.append("\\u").append(String.format("%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
