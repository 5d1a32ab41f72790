package io.github.kvslocal.testpeer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kvslocal.channel.ClientId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way of a participant to an emulator: REST and the signaling socket, by the JDK's own client.
 * One thread at a time may send.
 */
public final class HttpSignaling implements TestPeer.Signaling, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What the service says, on a thread of the client: a listener only hands it on. */
  public interface Listener {
    void offer(String sdp);

    /** A candidate of the storage session, {@code candidate:…}. */
    void candidate(String candidate);

    /** A STATUS_RESPONSE, as it came. */
    void declined(String message);

    /** The socket is closed, by whomever. */
    void closed(String why);
  }

  private final HttpClient http;
  private final URI emulator;
  private final Request join;
  private CompletableFuture<WebSocket> socket;

  /** What is posted where. */
  private record Request(String path, String body) {}

  private HttpSignaling(
      HttpClient http, URI emulator, Request join, CompletableFuture<WebSocket> socket) {
    this.http = http;
    this.emulator = emulator;
    this.join = join;
    this.socket = socket;
  }

  /**
   * Looks the channel up and opens the master's socket to it; blocks.
   *
   * @param http trusts the emulator's authority
   * @param emulator {@code https://host:port}
   * @throws IOException if there is no such channel, or no such emulator
   */
  public static HttpSignaling open(HttpClient http, URI emulator, String channel, Listener listener)
      throws IOException, InterruptedException {
    String arn = arnOf(http, emulator, channel);
    Request join = new Request("/joinStorageSession", JsonText.object("channelArn", arn));
    return open(http, emulator, "/master?X-Amz-ChannelARN=" + arn, join, listener);
  }

  /** The same for a viewer's socket. */
  public static HttpSignaling openAsViewer(
      HttpClient http, URI emulator, String channel, ClientId id, Listener listener)
      throws IOException, InterruptedException {
    String arn = arnOf(http, emulator, channel);
    Request join =
        new Request(
            "/joinStorageSessionAsViewer",
            JsonText.object("channelArn", arn, "clientId", id.value()));
    String path = "/viewer?X-Amz-ChannelARN=" + arn + "&X-Amz-ClientId=" + id;
    return open(http, emulator, path, join, listener);
  }

  private static String arnOf(HttpClient http, URI emulator, String channel)
      throws IOException, InterruptedException {
    String described =
        post(
            http,
            emulator,
            new Request("/describeSignalingChannel", JsonText.object("ChannelName", channel)));
    return JsonText.member(described, "ChannelARN")
        .orElseThrow(() -> new IOException("no ChannelARN in " + described));
  }

  private static HttpSignaling open(
      HttpClient http, URI emulator, String path, Request join, Listener listener) {
    CompletableFuture<WebSocket> socket =
        http.newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(
                URI.create("wss://" + emulator.getRawAuthority() + path), new Ear(listener));
    return new HttpSignaling(http, emulator, join, socket);
  }

  private static String post(HttpClient http, URI emulator, Request request)
      throws IOException, InterruptedException {
    URI address = emulator.resolve(request.path());
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request.body()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s was answered with %d: %s".formatted(address, answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  /**
   * JoinStorageSession, or the same as a viewer; blocks, and the offer may come before this
   * returns.
   */
  public void join() throws IOException, InterruptedException {
    try {
      socket.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the signaling socket did not open: " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException("the signaling socket did not open within " + PATIENCE, e);
    }
    post(http, emulator, join);
  }

  @Override
  public void answer(String sdp) {
    send("SDP_ANSWER", JsonText.object("type", "answer", "sdp", sdp));
  }

  @Override
  public void candidate(String candidate) {
    send("ICE_CANDIDATE", JsonText.object("candidate", candidate, "sdpMid", "0"));
  }

  private void send(String action, String payload) {
    say(
        JsonText.object(
            "action",
            action,
            "messagePayload",
            Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)),
            "correlationId",
            action));
  }

  /** Sends a text as it is, one after the other. */
  public void say(String text) {
    socket = socket.thenCompose(open -> open.sendText(text, true));
  }

  /** Closes the socket; media goes on. */
  @Override
  public void close() {
    socket = socket.thenCompose(open -> open.sendClose(WebSocket.NORMAL_CLOSURE, ""));
  }

  /** Puts messages together and tells them apart. */
  private static final class Ear implements WebSocket.Listener {
    private final Listener listener;
    private final StringBuilder parts = new StringBuilder();

    Ear(Listener listener) {
      this.listener = listener;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        String message = parts.toString();
        parts.setLength(0);
        hear(message);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    private void hear(String message) {
      switch (JsonText.member(message, "messageType").orElse("")) {
        case "SDP_OFFER" -> payload(message, "sdp").ifPresent(listener::offer);
        case "ICE_CANDIDATE" -> payload(message, "candidate").ifPresent(listener::candidate);
        default -> listener.declined(message);
      }
    }

    private static Optional<String> payload(String message, String member) {
      return JsonText.member(message, "messagePayload")
          .flatMap(
              encoded ->
                  JsonText.member(
                      new String(Base64.getMimeDecoder().decode(encoded), UTF_8), member));
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      listener.closed("%d %s".formatted(code, reason));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      listener.closed(String.valueOf(error));
    }
  }
}
