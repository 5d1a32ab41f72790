package io.github.kvslocal.runtime;

import io.github.kvslocal.signaling.CloseCode;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.SignalingConnection;
import java.util.ArrayList;
import java.util.List;

/** Writes down what is sent to one participant. */
final class FakeSocket implements SignalingConnection {
  private final List<Outbound> sent = new ArrayList<>();
  private final List<CloseCode> closings = new ArrayList<>();
  private final List<Integer> drops = new ArrayList<>();

  @Override
  public void send(Outbound message) {
    sent.add(message);
  }

  @Override
  public void ping() {
    throw new AssertionError("pinged, although nobody asked for it");
  }

  @Override
  public void close(CloseCode code, String reason) {
    closings.add(code);
  }

  @Override
  public void drop(int code, String reason) {
    drops.add(code);
  }

  /** The codes with which it was dropped. */
  List<Integer> drops() {
    return List.copyOf(drops);
  }

  List<Outbound> sent() {
    return List.copyOf(sent);
  }

  /** The session descriptions of all offers. */
  List<String> offers() {
    return sent.stream()
        .filter(Outbound.SdpOffer.class::isInstance)
        .map(message -> ((Outbound.SdpOffer) message).sdp())
        .toList();
  }

  /** All that were sent. */
  List<Outbound.StatusResponse> statusResponses() {
    return sent.stream()
        .filter(Outbound.StatusResponse.class::isInstance)
        .map(Outbound.StatusResponse.class::cast)
        .toList();
  }

  /** The codes with which it was closed. */
  List<CloseCode> closings() {
    return List.copyOf(closings);
  }
}
