package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A signaling socket by the JDK's own client, which writes down what it hears. */
final class TestSocket {
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  private TestSocket(HttpClient http, URI address) {
    this.socket =
        http.newWebSocketBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .subprotocols("wss")
            .buildAsync(address, new Ear())
            .join();
  }

  /**
   * Opens one.
   *
   * @throws java.util.concurrent.CompletionException if the upgrade is refused
   */
  static TestSocket open(HttpClient http, URI address) {
    return new TestSocket(http, address);
  }

  WebSocket socket() {
    return socket;
  }

  void say(String text) throws Exception {
    socket.sendText(text, true).get(10, TimeUnit.SECONDS);
  }

  /** Says a message of this action; a recipient of empty text is left out. */
  void say(String action, String recipient, String payload) throws Exception {
    say(
        "{\"action\":\"%s\",%s\"messagePayload\":\"%s\"}"
            .formatted(
                action,
                recipient.isEmpty() ? "" : "\"recipientClientId\":\"" + recipient + "\",",
                base64(payload)));
  }

  void close() throws Exception {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
  }

  /** The next message, or {@code close <code> <reason>}; empty after ten seconds without. */
  String next() throws InterruptedException {
    String message = heard.poll(10, TimeUnit.SECONDS);
    return message == null ? "" : message;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        heard.add(parts.toString());
        parts.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, part, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      heard.add("close " + code + " " + reason);
      return WebSocket.Listener.super.onClose(from, code, reason);
    }
  }
}
