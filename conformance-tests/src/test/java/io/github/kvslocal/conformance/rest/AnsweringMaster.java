package io.github.kvslocal.conformance.rest;

import io.github.kvslocal.conformance.sdk.Access;
import io.github.kvslocal.conformance.signaling.SignalingMessage;
import io.github.kvslocal.conformance.signaling.SignalingSocket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** A channel's master, connected to its signaling socket, who answers every offer at once. */
final class AnsweringMaster implements AutoCloseable {
  private final CompletableFuture<SignalingSocket> socket = new CompletableFuture<>();

  private AnsweringMaster() {}

  /** The master of this channel, once its socket is open. */
  static AnsweringMaster at(URI address, String channelArn, Access access, SSLContext tls) {
    AnsweringMaster master = new AnsweringMaster();
    master.socket.complete(
        SignalingSocket.open(address, channelArn, access.accessKey(), tls, master::received));
    return master;
  }

  /** What it answers to this description of this client: no answer to another one is the same. */
  static String answerTo(String sdp, String sender) {
    return "answer to %s of %s".formatted(sdp, sender);
  }

  private void received(SignalingMessage message) {
    if (message.type().equals("SDP_OFFER")) {
      String sdp = message.payload().path("sdp").asText();
      socket.join().sendAnswer(answerTo(sdp, message.sender()), message.sender());
    }
  }

  @Override
  public void close() {
    socket.join().close();
  }
}
