package io.github.kvslocal.api;

import java.util.ArrayList;
import java.util.List;

/**
 * One parameter of a query, percent-encoded as it was sent.
 *
 * @param rawValue empty if there is none
 */
record QueryPair(String rawName, String rawValue) {
  static List<QueryPair> of(String query) {
    List<QueryPair> pairs = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        pairs.add(
            equals < 0
                ? new QueryPair(part, "")
                : new QueryPair(part.substring(0, equals), part.substring(equals + 1)));
      }
    }
    return pairs;
  }

  /** The value of the first parameter of this name, decoded; empty if there is none. */
  static String value(List<QueryPair> pairs, String name) {
    for (QueryPair pair : pairs) {
      if (pair.name().equals(name)) {
        return PercentEncoding.decode(pair.rawValue());
      }
    }
    return "";
  }

  String name() {
    return PercentEncoding.decode(rawName);
  }
}
