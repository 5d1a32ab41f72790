package io.github.kvslocal.conformance.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;

/** One kept connection on which a client asks again as soon as it is answered. */
final class LoadConnection {
  private static final byte[] LENGTH = "\r\ncontent-length: ".getBytes(ISO_8859_1);
  private static final int LARGEST_ANSWER = 16_384;
  private static final int FIRST_DIGIT_OF_STATUS = 9;

  private final SocketChannel channel;
  private final List<ByteBuffer> requests;
  private final ByteBuffer answer = ByteBuffer.allocate(LARGEST_ANSWER);
  private int next;
  private long askedAt;

  /**
   * A connection to the emulator on this port.
   *
   * @param requests what is sent on it, in turn
   * @param first which of them comes first
   */
  LoadConnection(int port, List<byte[]> requests, int first) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    this.requests = requests.stream().map(ByteBuffer::wrap).toList();
    this.next = first;
  }

  /** The bytes of a request. */
  static byte[] request(String path, String body) {
    return ("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                .formatted(path)
            + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body))
        .getBytes(UTF_8);
  }

  void register(Selector selector) throws IOException {
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  void ask(long nowNanos) throws IOException {
    ByteBuffer request = requests.get(next++ % requests.size()).duplicate();
    askedAt = nowNanos;
    channel.write(request);
    if (request.hasRemaining()) {
      throw new IOException("a request did not fit into the socket's buffer");
    }
  }

  long askedAt() {
    return askedAt;
  }

  /** Reads what has come; returns whether the answer is whole now. */
  boolean answered() throws IOException {
    if (channel.read(answer) < 0) {
      throw new EOFException("the emulator hung up");
    }
    int whole = wholeLength();
    if (answer.position() < whole) {
      return false;
    }
    if (answer.position() > whole || answer.get(FIRST_DIGIT_OF_STATUS) != '2') {
      throw new IOException("no success: " + new String(answer.array(), ISO_8859_1).trim());
    }
    answer.clear();
    return true;
  }

  void close() throws IOException {
    channel.close();
  }

  /** How long the answer will be, head and body, once its head is there. */
  private int wholeLength() {
    for (int end = 3; end < answer.position(); end++) {
      if (answer.get(end) == '\n' && answer.get(end - 2) == '\n') {
        return end + 1 + bodyLength(end);
      }
    }
    return Integer.MAX_VALUE;
  }

  private int bodyLength(int end) {
    for (int at = 0; at + LENGTH.length < end; at++) {
      int matched = 0;
      while (matched < LENGTH.length && lower(answer.get(at + matched)) == LENGTH[matched]) {
        matched++;
      }
      if (matched == LENGTH.length) {
        int length = 0;
        for (int digit = at + matched; answer.get(digit) != '\r'; digit++) {
          length = 10 * length + answer.get(digit) - '0';
        }
        return length;
      }
    }
    return 0;
  }

  private static int lower(byte letter) {
    return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
  }
}
