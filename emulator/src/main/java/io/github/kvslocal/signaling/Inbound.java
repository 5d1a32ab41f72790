package io.github.kvslocal.signaling;

/**
 * What a client said on its signaling socket (webrtc-dg, SendSdpOffer, SendSdpAnswer and
 * SendIceCandidate). Payloads are decoded from base64 and, where said so, from JSON. A recipient or
 * correlation id that a client left out is the empty string; the KVS C SDK sends it so.
 */
public sealed interface Inbound {
  /** The name by which a client asks to be told of an error; most messages have none. */
  String correlationId();

  /** One method per message: adding one breaks the build of every receiver. */
  interface Receiver {
    void sdpOffer(SdpOffer offer);

    void sdpAnswer(SdpAnswer answer);

    void iceCandidate(IceCandidate candidate);

    void unreadable(Unreadable unreadable);
  }

  void deliver(Receiver receiver);

  /**
   * A client's own offer, of a peer-to-peer call.
   *
   * @param payload as the client wrote it, JSON as a rule
   */
  record SdpOffer(String recipient, String payload, String correlationId) implements Inbound {
    @Override
    public void deliver(Receiver receiver) {
      receiver.sdpOffer(this);
    }
  }

  /**
   * An answer; without a recipient it is meant for the storage session.
   *
   * @param payload the session description itself, the {@code sdp} of the payload's JSON
   */
  record SdpAnswer(String recipient, String payload, String correlationId) implements Inbound {
    @Override
    public void deliver(Receiver receiver) {
      receiver.sdpAnswer(this);
    }
  }

  /**
   * A trickled candidate; without a recipient it is meant for the storage session.
   *
   * @param payload the attribute, {@code candidate:…}, out of the payload's JSON; empty at the end
   *     of candidates
   */
  record IceCandidate(String recipient, String payload, String correlationId) implements Inbound {
    @Override
    public void deliver(Receiver receiver) {
      receiver.iceCandidate(this);
    }
  }

  /** Something that is no message: broken JSON, no such action, no base64. */
  record Unreadable(String complaint, String correlationId) implements Inbound {
    @Override
    public void deliver(Receiver receiver) {
      receiver.unreadable(this);
    }
  }
}
