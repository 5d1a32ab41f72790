package io.github.kvslocal.ice;

import java.net.InetAddress;
import java.util.OptionalInt;

/**
 * Where clients can reach us, if that is not what the machine's interfaces say: the address that a
 * container's host or a router maps to us.
 *
 * @param ip a literal IPv4 or IPv6 address
 * @param port the UDP port, 1 to 65535; empty if it is the one we are bound to
 */
public record AdvertisedAddress(InetAddress ip, OptionalInt port) {
  private static final int MAX_PORT = 65_535;

  public AdvertisedAddress {
    if (port.isPresent() && (port.getAsInt() < 1 || port.getAsInt() > MAX_PORT)) {
      throw new IllegalArgumentException("a port is 1 to 65535, not " + port.getAsInt());
    }
  }

  /**
   * Reads {@code ADDRESS}, {@code ADDRESS:PORT} or {@code [IPV6]:PORT}.
   *
   * @throws IllegalArgumentException if it is neither, with a text for the person who wrote it
   */
  public static AdvertisedAddress parse(String text) {
    int close = text.lastIndexOf(']');
    int colon = text.lastIndexOf(':');
    boolean bareIpv6 = close < 0 && colon >= 0 && text.indexOf(':') != colon;
    if (bareIpv6 || colon < close || colon < 0) {
      return new AdvertisedAddress(ip(text, text), OptionalInt.empty());
    }
    int port;
    try {
      port = Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a port in '" + text + "'", e);
    }
    return new AdvertisedAddress(ip(text.substring(0, colon), text), OptionalInt.of(port));
  }

  private static InetAddress ip(String address, String whole) {
    boolean bracketed = address.startsWith("[") && address.endsWith("]");
    String bare = bracketed ? address.substring(1, address.length() - 1) : address;
    return IpLiteral.parse(bare)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + whole + "' is not ADDRESS[:PORT] with a literal IP address"));
  }

  @Override
  public String toString() {
    String host = ip.getHostAddress();
    return port.isEmpty()
        ? host
        : (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port.getAsInt();
  }
}
