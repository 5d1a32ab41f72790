package io.github.kvslocal.conformance.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A connection on which exactly the given bytes are sent, and answers are read one by one. */
final class WireConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Socket socket;
  private final InputStream in;

  /** Speaks over this connected socket. */
  WireConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Without TLS. */
  static WireConnection to(int port) throws IOException {
    return new WireConnection(new Socket("localhost", port));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The next answer, whose body is as long as it says, or else all until the end. */
  WireAnswer receive() throws IOException {
    return receive(/* bodiless= */ false);
  }

  /** The next answer, which is one to HEAD: its length is of a body that does not follow. */
  WireAnswer receiveHead() throws IOException {
    return receive(/* bodiless= */ true);
  }

  private WireAnswer receive(boolean bodiless) throws IOException {
    String first = line();
    if (!first.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new IOException("no answer begins like this: " + first);
    }
    int status = Integer.parseInt(first.substring(9, 12));
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    WireAnswer head = new WireAnswer(status, headers, "");
    if (bodiless || status < 200 || status == 204 || status == 304) {
      return head;
    }
    byte[] body =
        head.header("Content-Length").isPresent()
            ? in.readNBytes(Integer.parseInt(head.header("Content-Length").get()))
            : in.readAllBytes();
    return new WireAnswer(status, headers, new String(body, UTF_8));
  }

  /** Whether the other side ends the connection, with nothing more to say. */
  boolean ends() {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      // A reset ends it as well.
      return true;
    }
  }

  /** Whether the other side says anything within the patience of a client, be it by ending. */
  boolean speaks() throws IOException {
    try {
      in.mark(1);
      in.read();
      in.reset();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended after: " + line);
      }
      line.write(next);
    }
    return line.toString(ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
