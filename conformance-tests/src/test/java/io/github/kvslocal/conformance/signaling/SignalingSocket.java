package io.github.kvslocal.conformance.signaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A participant's signaling socket, over the JDK's own WebSocket. */
public final class SignalingSocket implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS_TO_OPEN = 10;

  /** RFC 6455 section 7.1.5. */
  private static final int WITHOUT_CLOSE_FRAME = 1006;

  private final WebSocket socket;
  private final CompletableFuture<Integer> closed;

  private SignalingSocket(WebSocket socket, CompletableFuture<Integer> closed) {
    this.socket = socket;
    this.closed = closed;
  }

  /** The code of the service's close frame, once it has come; 1006 if it went away without one. */
  public CompletableFuture<Integer> closed() {
    return closed;
  }

  /**
   * Opens the socket as master of a channel.
   *
   * @param endpoint its address without a query, as GetSignalingChannelEndpoint tells it
   * @param received hears each message, one at a time
   */
  public static SignalingSocket open(
      URI endpoint,
      String channelArn,
      String accessKey,
      SSLContext tls,
      Consumer<SignalingMessage> received) {
    return open(address(endpoint, channelArn, "", accessKey, Instant.now()), tls, received);
  }

  /**
   * Opens the socket as a viewer of a channel.
   *
   * @param endpoint its address without a query, as GetSignalingChannelEndpoint tells it
   * @param received hears each message, one at a time
   */
  public static SignalingSocket openAsViewer(
      URI endpoint,
      String channelArn,
      String clientId,
      String accessKey,
      SSLContext tls,
      Consumer<SignalingMessage> received) {
    return open(
        address(
            endpoint, channelArn, "&X-Amz-ClientId=" + encode(clientId), accessKey, Instant.now()),
        tls,
        received);
  }

  private static SignalingSocket open(
      URI address, SSLContext tls, Consumer<SignalingMessage> received) {
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket =
        HttpClient.newBuilder()
            .sslContext(tls)
            .build()
            .newWebSocketBuilder()
            .buildAsync(address, new Reader(received, closed))
            .orTimeout(SECONDS_TO_OPEN, TimeUnit.SECONDS)
            .join();
    return new SignalingSocket(socket, closed);
  }

  /** Answers the storage session; a refusal would come back with the same correlation id. */
  public void sendAnswer(String sdp) {
    send("SDP_ANSWER", answer(sdp), Map.of("correlationId", "answer-1"));
  }

  /** Answers a client. */
  public void sendAnswer(String sdp, String recipient) {
    send("SDP_ANSWER", answer(sdp), Map.of("recipientClientId", recipient));
  }

  private static JsonNode answer(String sdp) {
    return JSON.createObjectNode().put("type", "answer").put("sdp", sdp);
  }

  /** Trickles one candidate. */
  public void sendCandidate(String candidate, String mid, int line) {
    send(
        "ICE_CANDIDATE",
        JSON.createObjectNode()
            .put("candidate", candidate)
            .put("sdpMid", mid)
            .put("sdpMLineIndex", line),
        Map.of());
  }

  @Override
  public void close() {
    try {
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").orTimeout(2, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      // The service may have closed it, as it does where its participant has opened another one.
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
    }
  }

  // One message at a time: the JDK's socket refuses a second one before the first has left.
  private synchronized void send(String action, JsonNode payload, Map<String, String> more) {
    try {
      String encoded = Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(payload));
      Map<String, String> message = new LinkedHashMap<>();
      message.put("action", action);
      message.put("messagePayload", encoded);
      message.putAll(more);
      socket.sendText(JSON.writeValueAsString(message), true).join();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + action, e);
    }
  }

  /** The presigned address as the SDKs write it; the emulator checks signatures only if told to. */
  private static URI address(
      URI endpoint, String channelArn, String client, String accessKey, Instant now) {
    String stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC).format(now);
    String scope = accessKey + "/" + stamp.substring(0, 8) + "/us-east-1/kinesisvideo/aws4_request";
    return URI.create(
        endpoint
            + "?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-ChannelARN="
            + encode(channelArn)
            + client
            + "&X-Amz-Credential="
            + encode(scope)
            + "&X-Amz-Date="
            + stamp
            + "&X-Amz-Expires=299&X-Amz-Signature="
            + "0".repeat(64)
            + "&X-Amz-SignedHeaders=host");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Puts messages together from their parts and takes them out of their envelope. */
  private static final class Reader implements WebSocket.Listener {
    private final Consumer<SignalingMessage> received;
    private final CompletableFuture<Integer> closed;
    private final StringBuilder parts = new StringBuilder();

    Reader(Consumer<SignalingMessage> received, CompletableFuture<Integer> closed) {
      this.received = received;
      this.closed = closed;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
      closed.complete(WITHOUT_CLOSE_FRAME);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      parts.append(part);
      if (last) {
        String message = parts.toString();
        parts.setLength(0);
        read(message);
      }
      socket.request(1);
      return null;
    }

    private void read(String message) {
      try {
        JsonNode envelope = JSON.readTree(message);
        String payload = envelope.path("messagePayload").asText();
        received.accept(
            new SignalingMessage(
                envelope.path("messageType").asText(),
                envelope.path("senderClientId").asText(),
                payload.isEmpty()
                    ? envelope.path("statusResponse")
                    : JSON.readTree(
                        new String(Base64.getDecoder().decode(payload), StandardCharsets.UTF_8))));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the service sent no JSON: " + message, e);
      }
    }
  }
}
