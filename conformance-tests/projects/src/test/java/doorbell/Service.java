package doorbell;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** Kinesis Video Streams, as far as the programs here use it; without signatures, for brevity. */
final class Service {
  private final URI endpoint;
  private final HttpClient http;

  Service(URI endpoint, SSLContext trust) {
    this.endpoint = endpoint;
    this.http = HttpClient.newBuilder().sslContext(trust).build();
  }

  HttpResponse<String> post(String operation, String json)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(endpoint.resolve(operation))
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<WebSocket> openMasterSocket(String channelArn, WebSocket.Listener listener) {
    URI socket =
        URI.create("wss://" + endpoint.getAuthority() + "/master?X-Amz-ChannelARN=" + channelArn);
    return http.newWebSocketBuilder().buildAsync(socket, listener);
  }
}
