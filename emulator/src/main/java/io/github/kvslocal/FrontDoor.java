package io.github.kvslocal;

import io.github.kvslocal.http.HttpApi;
import io.github.kvslocal.vertx.Front;
import io.github.kvslocal.websocket.SignalingSocket;
import io.vertx.core.http.HttpServerRequest;

/** Tells upgrades to a signaling socket from all other requests. */
record FrontDoor(HttpApi api, SignalingSocket sockets) implements Front {
  @Override
  public void handle(HttpServerRequest request) {
    if (!api.admitsHead(request)) {
      return;
    }
    if (SignalingSocket.isUpgrade(request)) {
      sockets.handle(request);
    } else {
      api.handle(request);
    }
  }

  @Override
  public void handleUnreadable(HttpServerRequest request, int status, String explanation) {
    api.handleUnreadable(request, status, explanation);
  }
}
