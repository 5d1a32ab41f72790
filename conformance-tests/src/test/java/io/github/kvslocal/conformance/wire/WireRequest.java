package io.github.kvslocal.conformance.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * The bytes of one request. Its head is written with plain line ends and may name the facts of the
 * run in braces: {@code {port}}, {@code {channel}} and {@code {stream}} (their ARNs), and {@code
 * {length}}, the bytes of the body.
 */
final class WireRequest {
  private final String head;
  private final byte[] body;

  /** A request of this head and of exactly this body. */
  WireRequest(String head, byte[] body) {
    this.head = head;
    this.body = body;
  }

  /** A request whose body, if it has one, follows the first empty line and may name facts too. */
  static WireRequest text(String text) {
    int end = text.indexOf("\n\n");
    return end < 0
        ? new WireRequest(text.stripTrailing(), new byte[0])
        : new WireRequest(text.substring(0, end), text.substring(end + 2).getBytes(UTF_8));
  }

  /** A call as simple as calls can be, with this body. */
  static WireRequest post(String path, byte[] body) {
    return new WireRequest(
        "POST " + path + " HTTP/1.1\nHost: localhost:{port}\nContent-Length: {length}", body);
  }

  /** A call as simple as calls can be, with this body, which may name facts. */
  static WireRequest post(String path, String body) {
    return post(path, body.getBytes(UTF_8));
  }

  /** What goes over the wire in this run. */
  byte[] bytes(Facts facts) {
    // A body that is no UTF-8 names no facts.
    String text = new String(body, UTF_8);
    byte[] filled = text.contains("{") ? replaced(text, facts) : body;
    String lines =
        facts.fill(head).replace("{length}", Integer.toString(filled.length)).replace("\n", "\r\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((lines + "\r\n\r\n").getBytes(UTF_8));
    bytes.writeBytes(filled);
    return bytes.toByteArray();
  }

  private byte[] replaced(String text, Facts facts) {
    String filled = facts.fill(text);
    return filled.equals(text) ? body : filled.getBytes(UTF_8);
  }
}
