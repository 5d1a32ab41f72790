package io.github.kvslocal.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The canonical request of Signature Version 4 (IAM User Guide, "Create a canonical request"), in
 * every form that official clients sign.
 *
 * <p>The documentation leaves one form; clients differ in how they write the path, whether the host
 * has its port, what a plus is in a query, and whether a session token is signed (observed).
 */
final class CanonicalRequest {
  private static final Pattern SPACES = Pattern.compile("[ \\t]+");
  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

  private final Arrival request;
  private final SignatureClaim claim;
  private final String bodyHash;

  CanonicalRequest(Arrival request, SignatureClaim claim, String bodyHash) {
    this.request = request;
    this.claim = claim;
    this.bodyHash = bodyHash;
  }

  /** All forms; the first is the documented one. */
  List<String> forms() {
    List<String> forms = new ArrayList<>();
    for (String path : paths()) {
      for (String query : queries()) {
        for (String host : hosts()) {
          forms.add(form(path, query, host));
        }
      }
    }
    return forms;
  }

  private String form(String path, String query, String host) {
    StringBuilder text = new StringBuilder();
    text.append(request.method()).append('\n').append(path).append('\n').append(query).append('\n');
    for (String name : claim.signedHeaders()) {
      String value = name.equals("host") ? host : headerValue(name);
      text.append(name).append(':').append(value).append('\n');
    }
    return text.append('\n')
        .append(String.join(";", claim.signedHeaders()))
        .append('\n')
        .append(bodyHash)
        .toString();
  }

  private String headerValue(String name) {
    List<String> values = request.headers().getOrDefault(name, List.of());
    return String.join(",", values.stream().map(CanonicalRequest::trimmed).toList());
  }

  private static String trimmed(String value) {
    return SPACES.matcher(value.strip()).replaceAll(" ");
  }

  /** Normalised and encoded once more than it was sent, or without one of them, or as it is. */
  private Set<String> paths() {
    String sent = request.path().isEmpty() ? "/" : request.path();
    String normalized = normalized(sent);
    return setOf(
        PercentEncoding.encodePath(normalized), normalized, PercentEncoding.encodePath(sent), sent);
  }

  /** RFC 3986 section 5.2.4, and empty segments are removed as well. */
  private static String normalized(String path) {
    List<String> kept = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (!kept.isEmpty()) {
          kept.remove(kept.size() - 1);
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        kept.add(segment);
      }
    }
    String joined = "/" + String.join("/", kept);
    return path.endsWith("/") && !kept.isEmpty() ? joined + "/" : joined;
  }

  /** As it was sent, without a port (the KVS C SDK, aws-elixir), and with the listener's. */
  private Set<String> hosts() {
    String sent = headerValue("host");
    String bare = PORT.matcher(sent).replaceFirst("");
    return setOf(sent, bare, bare + ":" + request.port());
  }

  private Set<String> queries() {
    List<QueryPair> pairs = new ArrayList<>(QueryPair.of(request.query()));
    pairs.removeIf(pair -> pair.name().equals(SignatureClaim.SIGNATURE_PARAMETER));
    Set<String> queries = queries(pairs);
    // Of some services' URLs the token is added after signing.
    if (pairs.removeIf(pair -> pair.name().equals(SignatureClaim.TOKEN_PARAMETER))) {
      queries.addAll(queries(pairs));
    }
    return queries;
  }

  /** A plus as itself and as a space, and all as it was sent. */
  private static Set<String> queries(Collection<QueryPair> pairs) {
    return setOf(
        sorted(pairs.stream().map(pair -> encoded(pair, "+")).toList()),
        sorted(pairs.stream().map(pair -> encoded(pair, " ")).toList()),
        sorted(pairs.stream().toList()));
  }

  private static QueryPair encoded(QueryPair pair, String plus) {
    return new QueryPair(
        PercentEncoding.encode(PercentEncoding.decode(pair.rawName().replace("+", plus))),
        PercentEncoding.encode(PercentEncoding.decode(pair.rawValue().replace("+", plus))));
  }

  /** By name and, where that is the same, by value, both as they are written. */
  private static String sorted(List<QueryPair> pairs) {
    return String.join(
        "&",
        pairs.stream()
            .sorted(Comparator.comparing(QueryPair::rawName).thenComparing(QueryPair::rawValue))
            .map(pair -> pair.rawName() + "=" + pair.rawValue())
            .toList());
  }

  private static Set<String> setOf(String... texts) {
    return new LinkedHashSet<>(List.of(texts));
  }
}
