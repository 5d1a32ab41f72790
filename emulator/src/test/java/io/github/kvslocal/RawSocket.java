package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A signaling socket byte by byte, for what no WebSocket library sends (RFC 6455 section 5.2). */
final class RawSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FIN = 0x80;
  private static final int MASK = 0x80;
  private static final int SMALL_BUFFER = 4096;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  /** Connects and asks for the upgrade at a path with its query. */
  RawSocket(int port, String path) throws IOException {
    socket.setReceiveBufferSize(SMALL_BUFFER);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress("localhost", port));
    in = new DataInputStream(socket.getInputStream());
    send(
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
            .getBytes(UTF_8));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException(head.toString());
    }
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** A frame as a client has to make it, with a mask of zeros. */
  static byte[] frame(int firstByte, byte[] payload) {
    return frame(firstByte, MASK, payload.length, payload);
  }

  /** A frame that may be none. */
  static byte[] frame(int firstByte, int maskBit, int announced, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(firstByte);
    if (announced < 126) {
      frame.write(maskBit | announced);
    } else {
      frame.write(maskBit | 126);
      frame.write(announced >> 8);
      frame.write(announced);
    }
    if (maskBit != 0) {
      frame.writeBytes(new byte[4]);
    }
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  void say(String text) throws IOException {
    send(frame(FIN | TEXT, text.getBytes(UTF_8)));
  }

  /** The next frame: its text, {@code ping}, {@code pong}, {@code close <code>}, or {@code end}. */
  String next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return "end";
    }
    int length = in.readUnsignedByte();
    byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
    in.readFully(payload);
    return switch (first & 0x0F) {
      case 8 -> "close " + (((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF));
      case 9 -> "ping";
      case 10 -> "pong";
      default -> new String(payload, UTF_8);
    };
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
