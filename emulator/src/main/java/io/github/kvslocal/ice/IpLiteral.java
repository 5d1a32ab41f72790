package io.github.kvslocal.ice;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses without ever asking a name server. */
final class IpLiteral {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
  private static final int LONGEST = 45;

  private IpLiteral() {}

  /** The address; empty for names, scoped addresses and nonsense. */
  static Optional<InetAddress> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      if (IPV4.matcher(text).matches()) {
        return ipv4(text);
      }
      if (IPV6.matcher(text).matches()) {
        // brackets: a malformed address is refused instead of being looked up as a name
        return Optional.of(InetAddress.getByName("[" + text + "]"));
      }
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<InetAddress> ipv4(String text) throws UnknownHostException {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      int value = Integer.parseInt(parts[i]);
      if (value > 255) {
        return Optional.empty();
      }
      bytes[i] = (byte) value;
    }
    return Optional.of(InetAddress.getByAddress(bytes));
  }
}
