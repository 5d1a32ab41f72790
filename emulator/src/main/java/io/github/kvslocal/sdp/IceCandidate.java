package io.github.kvslocal.sdp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One transport address that a peer can be tried at (RFC 8839 section 5.1).
 *
 * @param foundation 1 to 32 ice-chars
 * @param component 1; everything is multiplexed (RFC 8843, RFC 5761)
 * @param transport in lower case, {@code udp} or {@code tcp}
 * @param address a literal IPv4 or IPv6 address, or a name such as {@code x.local}
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 */
public record IceCandidate(
    String foundation,
    int component,
    String transport,
    long priority,
    String address,
    int port,
    String type) {

  private static final Pattern PATTERN =
      Pattern.compile(
          "(?:a=)?(?:candidate:)?([A-Za-z0-9+/]{1,32}) ([0-9]{1,3}) ([A-Za-z-]{1,10}) ([0-9]{1,10})"
              + " (\\S{1,255}) ([0-9]{1,5}) typ ([a-z]{1,10})(?: .*)?");

  /**
   * Reads an attribute's value, with or without its name; nothing if it is no candidate. Extension
   * attributes such as {@code generation} are dropped.
   */
  public static Optional<IceCandidate> parse(String text) {
    if (text.length() > 1024) {
      return Optional.empty();
    }
    Matcher match = PATTERN.matcher(text.trim());
    if (!match.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(match.group(6));
    if (port > 65_535) {
      return Optional.empty();
    }
    return Optional.of(
        new IceCandidate(
            match.group(1),
            Integer.parseInt(match.group(2)),
            match.group(3).toLowerCase(Locale.ROOT),
            Long.parseLong(match.group(4)),
            match.group(5),
            port,
            match.group(7)));
  }

  /**
   * The attribute's value with its name, {@code candidate:1 1 udp 2130706431 192.0.2.1 4580 typ
   * host}.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "candidate:%s %d %s %d %s %d typ %s",
        foundation,
        component,
        transport,
        priority,
        address,
        port,
        type);
  }
}
