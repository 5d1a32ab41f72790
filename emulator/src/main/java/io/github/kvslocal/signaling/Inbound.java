package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.RefusedException;

/**
 * What a client said on its signaling socket (webrtc-dg, SendSdpOffer, SendSdpAnswer and
 * SendIceCandidate).
 */
public sealed interface Inbound {
  /** The name by which a client asks to be told of an error; most messages have none. */
  String correlationId();

  /** One method per kind: adding one breaks the build of every receiver. */
  interface Receiver {
    void message(Message message) throws RefusedException;

    void unreadable(Unreadable unreadable) throws RefusedException;
  }

  void deliver(Receiver receiver) throws RefusedException;

  /**
   * A message for somebody. A recipient or correlation id that a client left out is the empty
   * string; the KVS C SDK sends it so.
   *
   * @param recipient a client id by its pattern, or empty
   */
  record Message(MessageType type, String recipient, Payload payload, String correlationId)
      implements Inbound {
    @Override
    public void deliver(Receiver receiver) throws RefusedException {
      receiver.message(this);
    }
  }

  /** Something that is no message: broken JSON, no such action, no base64. */
  record Unreadable(String complaint, String correlationId) implements Inbound {
    @Override
    public void deliver(Receiver receiver) throws RefusedException {
      receiver.unreadable(this);
    }
  }
}
