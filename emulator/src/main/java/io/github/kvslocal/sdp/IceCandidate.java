package io.github.kvslocal.sdp;

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

  /**
   * The attribute's value with its name, {@code candidate:1 1 udp 2130706431 192.0.2.1 4580 typ
   * host}.
   */
  @Override
  public String toString() {
    return "candidate:%s %d %s %d %s %d typ %s"
        .formatted(foundation, component, transport, priority, address, port, type);
  }
}
