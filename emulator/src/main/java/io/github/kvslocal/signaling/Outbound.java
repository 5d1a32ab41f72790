package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.channel.Reason;

/** What the service says on a signaling socket (webrtc-dg, async-message-reception-api). */
public sealed interface Outbound {
  /** One method per message: adding one breaks the build of every encoder. */
  interface Encoder<T> {
    T sdpOffer(SdpOffer offer);

    T iceCandidate(IceCandidate candidate);

    T relayed(Relayed message);

    T statusResponse(StatusResponse response);

    T goAway(GoAway goodbye);

    T reconnectIceServer(ReconnectIceServer request);
  }

  <T> T encode(Encoder<T> encoder);

  /** The storage session's offer, not yet in base64; it carries no senderClientId. */
  record SdpOffer(String sdp) implements Outbound {
    @Override
    public <T> T encode(Encoder<T> encoder) {
      return encoder.sdpOffer(this);
    }
  }

  /**
   * A candidate of the storage session; it carries no senderClientId and no sdpMid.
   *
   * @param candidate the attribute's value, {@code candidate:…}
   * @param mediaLineIndex which m-line it belongs to, from 0
   */
  record IceCandidate(String candidate, int mediaLineIndex) implements Outbound {
    @Override
    public <T> T encode(Encoder<T> encoder) {
      return encoder.iceCandidate(this);
    }
  }

  /**
   * Another client's message, its payload untouched.
   *
   * @param payload base64 as its sender wrote it
   * @param sender the viewer's client id; empty if the master sent it, who has none (observed: the
   *     JavaScript SDK files messages without a sender under the master)
   */
  record Relayed(MessageType type, String payload, String sender) implements Outbound {
    /** As this participant has to be named to the recipient. */
    static Relayed from(Participant sender, MessageType type, String payload) {
      return new Relayed(
          type, payload, sender instanceof Participant.Viewer viewer ? viewer.id().value() : "");
    }

    @Override
    public <T> T encode(Encoder<T> encoder) {
      return encoder.relayed(this);
    }
  }

  /**
   * An error that answers the message with this correlation id.
   *
   * @param reason the edge knows its code and its status
   * @param description for a person to read
   */
  record StatusResponse(String correlationId, Reason reason, String description)
      implements Outbound {
    @Override
    public <T> T encode(Encoder<T> encoder) {
      return encoder.statusResponse(this);
    }
  }

  /** The socket will be closed soon; a client that reconnects now loses nothing. */
  record GoAway() implements Outbound {
    @Override
    public <T> T encode(Encoder<T> encoder) {
      return encoder.goAway(this);
    }
  }

  /** A client that uses ICE servers should ask for new ones and begin anew with them. */
  record ReconnectIceServer() implements Outbound {
    @Override
    public <T> T encode(Encoder<T> encoder) {
      return encoder.reconnectIceServer(this);
    }
  }
}
