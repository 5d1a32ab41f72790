package io.github.kvslocal.http;

import io.github.kvslocal.api.DeclinedException;
import io.github.kvslocal.api.ServiceError;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may administer: whoever is on this machine, or everybody where that was asked for; the web
 * pages of others never.
 *
 * <p>A browser runs pages of anybody on this machine, so its address says nothing. Two things tell
 * their requests: the {@code Origin}, which a page cannot forge, and the {@code Host}, which is the
 * page's own name where that name was made to lead here (DNS rebinding). So the origin has to be
 * this emulator or this machine, and the host an address or a name that nobody can register for the
 * whole Internet. Requests without an origin, such as of curl and of tests, are not of a page, or
 * are of one that cannot read the answer; what they ask for by GET changes nothing.
 */
public final class AdminGate {
  /**
   * What everybody may ask: nothing in them is secret, and whoever waits for a start needs them.
   */
  private static final Set<String> OPEN =
      Set.of(
          "/_kvslocal/health", "/_kvslocal/ready", "/_kvslocal/ca.pem", "/_kvslocal/openapi.json");

  /** RFC 6761, RFC 6762 and RFC 9476 section 2, and what container engines call the host. */
  private static final List<String> LOCAL_NAMES =
      List.of(".localhost", ".local", ".internal", ".test");

  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");
  private static final Pattern LOOPBACK =
      Pattern.compile("127\\.[0-9.]+|\\[::1]|localhost|.*\\.localhost");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_-]*[a-z_-][a-z0-9_-]*");
  private static final Pattern PORT = Pattern.compile(":[0-9]*$");

  private final boolean remote;
  private final String publicHost;

  /**
   * A gate.
   *
   * @param remote whether other machines may administer as well
   * @param publicUrl what returned URLs begin with, whose host is known; empty for none
   */
  public AdminGate(boolean remote, String publicUrl) {
    this.remote = remote;
    this.publicHost = publicUrl.isEmpty() ? "" : hostOf(URI.create(publicUrl).getRawAuthority());
  }

  /** The same routes, and those that are not open to everybody are behind this gate. */
  public List<RawRoute> guard(List<RawRoute> routes) {
    return routes.stream().map(this::guarded).toList();
  }

  private RawRoute guarded(RawRoute route) {
    if (OPEN.contains(route.path())) {
      return route;
    }
    return new RawRoute(
        route.method(),
        route.path(),
        context -> {
          String complaint = complaint(context);
          if (complaint.isEmpty()) {
            route.handler().handle(context);
          } else {
            context.fail(new DeclinedException(ServiceError.ACCESS_DENIED_403, complaint));
          }
        });
  }

  private String complaint(RoutingContext context) {
    HttpServerRequest request = context.request();
    SocketAddress peer = request.connection().remoteAddress();
    return complaint(
        peer == null ? null : peer.hostAddress(),
        request.getHeader("Host"),
        request.getHeader("Origin"));
  }

  /**
   * Why a request is not let in; empty if it is.
   *
   * @param peer the address at the other end of its connection; null if that is gone
   */
  String complaint(@Nullable String peer, @Nullable String host, @Nullable String origin) {
    if (!remote && !isLoopback(peer)) {
      return "Administration is open to this machine alone, and this comes from "
          + peer
          + ". Ask from the machine that the emulator runs on, or start it with --admin-remote.";
    }
    if (host != null && !isKnown(hostOf(host))) {
      return "The name '"
          + Value.shortened(host)
          + "' may be that of a web page that was led here. Ask for administration by an address,"
          + " by localhost, by a name of one word, or by the name of --public-url.";
    }
    if (origin != null && !isOurs(origin, host)) {
      return "Web pages of '"
          + Value.shortened(origin)
          + "' may not administer this emulator. Only pages of this machine (localhost) and of the"
          + " emulator's own address may.";
    }
    return "";
  }

  /** IPv4 in IPv6 included (RFC 4291 section 2.5.5.2). */
  private static boolean isLoopback(@Nullable String address) {
    if (address == null || !(address.contains(":") || ADDRESS.matcher(address).matches())) {
      return false;
    }
    try {
      // An address with a colon or of digits and dots is read, and never looked up as a name.
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private boolean isKnown(String name) {
    return (!name.isEmpty() && name.equals(publicHost))
        || ADDRESS.matcher(name).matches()
        || LABEL.matcher(name).matches()
        || LOCAL_NAMES.stream().anyMatch(name::endsWith);
  }

  private static boolean isOurs(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    if (scheme < 0 || !origin.startsWith("http")) {
      return false;
    }
    String authority = origin.substring(scheme + 3).toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(hostOf(authority)).matches() || authority.equalsIgnoreCase(host);
  }

  /** Without port and last dot, in lower case. */
  private static String hostOf(String authority) {
    String host = PORT.matcher(authority.toLowerCase(Locale.ROOT)).replaceFirst("");
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
