package io.github.kvslocal.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as it came in, before anybody believes it. A character stands for one byte,
 * since signatures are of bytes.
 *
 * @param path of the target, percent-encoded as it was sent
 * @param query of the target, percent-encoded as it was sent; empty if there is none
 * @param headers by their names in lower case, the values of each in their order
 * @param port the listener's
 */
public record Arrival(
    String method, String path, String query, Map<String, List<String>> headers, int port) {

  /**
   * Of a target's path and query, either of which may be null, and headers in the order in which
   * they came, their names in any case.
   */
  public static Arrival of(
      String method,
      @Nullable String path,
      @Nullable String query,
      Iterable<Map.Entry<String, String>> headers,
      int port) {
    Map<String, List<String>> byName = new TreeMap<>();
    for (Map.Entry<String, String> header : headers) {
      byName
          .computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), absent -> new ArrayList<>())
          .add(header.getValue());
    }
    return new Arrival(method, path == null ? "" : path, query == null ? "" : query, byName, port);
  }

  /** The only or first value of a header; empty if there is none. */
  String header(String lowerCaseName) {
    List<String> values = headers.getOrDefault(lowerCaseName, List.of());
    return values.isEmpty() ? "" : values.get(0);
  }
}
