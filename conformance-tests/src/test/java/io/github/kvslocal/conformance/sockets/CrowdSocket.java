package io.github.kvslocal.conformance.sockets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * One signaling socket that costs its machine next to nothing (RFC 6455 section 5.2). It sends
 * candidates whose payload is 24 digits, which are base64: a number and the time of sending.
 */
final class CrowdSocket {
  private static final int NUMBER_DIGITS = 8;
  private static final int PAYLOAD_DIGITS = 24;
  private static final String PAYLOAD_KEY = "\"messagePayload\":\"";
  private static final String SENDER_KEY = "\"senderClientId\":\"";
  private static final int LARGEST_FRAME = 16_384;
  private static final int TEXT = 0x81;
  private static final int MASK = 0x80;

  /** A message that came. */
  record Heard(String sender, int number, long sentAtMicros) {}

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocate(LARGEST_FRAME);

  private CrowdSocket(SocketChannel channel) {
    this.channel = channel;
  }

  /** Opens one, and waits until it is open. */
  static CrowdSocket open(int port, String path) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    String upgrade =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    channel.write(ByteBuffer.wrap(upgrade.getBytes(ISO_8859_1)));
    StringBuilder head = new StringBuilder();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (head.indexOf("\r\n\r\n") < 0) {
      one.clear();
      if (channel.read(one) < 0) {
        throw new EOFException("the emulator hung up after " + head);
      }
      head.append((char) one.get(0));
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException("not upgraded: " + head);
    }
    channel.configureBlocking(false);
    return new CrowdSocket(channel);
  }

  void register(Selector selector, Object owner) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, owner);
  }

  /** Sends a candidate; a recipient of empty text is left out. */
  void say(String recipient, int number, long nowMicros) throws IOException {
    String text =
        "{\"action\":\"ICE_CANDIDATE\",%s\"messagePayload\":\"%08d%016d\"}"
            .formatted(
                recipient.isEmpty() ? "" : "\"recipientClientId\":\"" + recipient + "\",",
                number,
                nowMicros);
    byte[] bytes = text.getBytes(ISO_8859_1);
    ByteBuffer frame = ByteBuffer.allocate(bytes.length + 8);
    frame.put((byte) TEXT);
    if (bytes.length < 126) {
      frame.put((byte) (MASK | bytes.length));
    } else {
      frame.put((byte) (MASK | 126)).putShort((short) bytes.length);
    }
    frame.putInt(0).put(bytes).flip();
    channel.write(frame);
    if (frame.hasRemaining()) {
      throw new IOException("a message did not fit into the socket's buffer");
    }
  }

  /** Reads what has come. */
  List<Heard> hear() throws IOException {
    if (channel.read(in) < 0) {
      throw new EOFException("the emulator hung up");
    }
    in.flip();
    List<Heard> heard = new ArrayList<>();
    for (int length = frameLength(); length > 0; length = frameLength()) {
      byte[] frame = new byte[length];
      in.get(frame);
      heard.add(read(frame));
    }
    in.compact();
    return heard;
  }

  /** With its header; 0 if it has not come whole. */
  private int frameLength() throws IOException {
    if (in.remaining() < 4) {
      return 0;
    }
    if ((in.get(in.position()) & 0xFF) != TEXT) {
      throw new IOException("a frame that is no message");
    }
    int announced = in.get(in.position() + 1);
    int length = announced < 126 ? 2 + announced : 4 + in.getShort(in.position() + 2);
    return in.remaining() < length ? 0 : length;
  }

  private static Heard read(byte[] frame) throws IOException {
    String text = new String(frame, ISO_8859_1);
    int key = text.indexOf(PAYLOAD_KEY);
    if (key < 0) {
      throw new IOException("a message without a payload: " + text);
    }
    int payload = key + PAYLOAD_KEY.length();
    int sender = text.indexOf(SENDER_KEY);
    return new Heard(
        sender < 0
            ? ""
            : text.substring(
                sender + SENDER_KEY.length(), text.indexOf('"', sender + SENDER_KEY.length())),
        Integer.parseInt(text.substring(payload, payload + NUMBER_DIGITS)),
        Long.parseLong(text.substring(payload + NUMBER_DIGITS, payload + PAYLOAD_DIGITS)));
  }

  void close() throws IOException {
    channel.close();
  }
}
