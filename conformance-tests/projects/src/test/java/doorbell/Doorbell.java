package doorbell;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A doorbell's signaling: it is in its storage session, and again when the service says GO_AWAY.
 */
final class Doorbell {
  private final Service service;
  private final String channelArn;

  Doorbell(Service service, String channelArn) {
    this.service = service;
    this.channelArn = channelArn;
  }

  /** Opens the socket and joins. */
  void start() {
    service.openMasterSocket(channelArn, new Ear()).join();
    try {
      HttpResponse<String> answer =
          service.post("/joinStorageSession", "{\"channelArn\":\"" + channelArn + "\"}");
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("cannot join: " + answer.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot join", e);
    }
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        if (message.indexOf("\"GO_AWAY\"") >= 0) {
          CompletableFuture.runAsync(Doorbell.this::start);
        }
        message.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }
}
