package io.github.kvslocal.http;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The URLs of this emulator as the client at hand can use them: derived from how its request came
 * in, unless the user fixed them.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an address, an IPv6 one in brackets
 * @param port empty text or {@code :<port>}
 * @param pathPerRole whether the path of a socket URL tells master from viewer; without it the
 *     client id does, which is all that the KVS C SDK leaves room for
 */
record ReturnedUrls(String scheme, String host, String port, boolean pathPerRole) {
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9a-fA-F:.]+\\]|[a-zA-Z0-9_.-]{1,253})(:[0-9]{1,5})?");

  enum Role {
    MASTER,
    VIEWER
  }

  /**
   * By the request: a Host with a port keeps it. Without one, TLS needs none (it came in on 443),
   * and plain HTTP gets the listener's, since some clients leave it out of the header.
   *
   * @param host the Host header; what is none stands for localhost
   */
  static ReturnedUrls of(boolean tls, String host, int listenerPort) {
    String scheme = tls ? "https" : "http";
    var match = HOST.matcher(host);
    if (!match.matches()) {
      return new ReturnedUrls(scheme, "localhost", ":" + listenerPort, true);
    }
    String port = match.group(2);
    if (port != null) {
      return new ReturnedUrls(scheme, match.group(1), port, true);
    }
    return new ReturnedUrls(scheme, match.group(1), tls ? "" : ":" + listenerPort, false);
  }

  /**
   * By the user's word, such as {@code https://kvs.example:8443}.
   *
   * @throws IllegalArgumentException if it is none, with a text for the person who wrote it
   */
  static ReturnedUrls fixed(String publicUrl) {
    int end = publicUrl.indexOf("://");
    String scheme = end < 0 ? "" : publicUrl.substring(0, end).toLowerCase(Locale.ROOT);
    String authority = publicUrl.substring(end < 0 ? 0 : end + 3);
    var match = HOST.matcher(authority.replaceFirst("/+$", ""));
    if (!match.matches() || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "the public URL must be http://<host>[:<port>] or https://<host>[:<port>], but is "
              + publicUrl);
    }
    String port = match.group(2);
    if (port != null && !isPort(Integer.parseInt(port.substring(1)))) {
      throw new IllegalArgumentException(
          "the public URL's port must be 1 to 65535, but it is " + publicUrl);
    }
    return new ReturnedUrls(scheme, match.group(1), port == null ? "" : port, port != null);
  }

  private static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }

  /** For HTTPS and WEBRTC endpoints. */
  String rest() {
    return scheme + "://" + host + port;
  }

  /** For WSS endpoints; the JavaScript SDK takes no other scheme. */
  String socket(Role role) {
    return "wss://" + host + port + (pathPerRole ? "/" + role.name().toLowerCase(Locale.ROOT) : "");
  }
}
