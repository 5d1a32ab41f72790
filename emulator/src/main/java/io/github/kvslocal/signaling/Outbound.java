package io.github.kvslocal.signaling;

import io.github.kvslocal.channel.Reason;

/**
 * What the service says on a signaling socket (webrtc-dg, async-message-reception-api). Payloads
 * are not yet in base64.
 */
public sealed interface Outbound {
  /** One method per message: adding one breaks the build of every encoder. */
  interface Encoder<T> {
    T sdpOffer(SdpOffer offer);

    T iceCandidate(IceCandidate candidate);

    T statusResponse(StatusResponse response);
  }

  <T> T encode(Encoder<T> encoder);

  /** The storage session's offer; it carries no senderClientId. */
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
}
