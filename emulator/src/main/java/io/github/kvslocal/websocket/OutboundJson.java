package io.github.kvslocal.websocket;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.signaling.Outbound;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the service says, as JSON text with the service's order of keys (webrtc-dg,
 * async-message-reception-api).
 */
final class OutboundJson implements Outbound.Encoder<String> {
  /** async-message-reception-api page: 1K. */
  private static final int LONGEST_DESCRIPTION = 1024;

  private final boolean candidateSdpMid;

  /**
   * @param candidateSdpMid whether candidates of the storage session name their m-line by its mid
   *     as well, which in our offers is its index; the service's do not (documented)
   */
  OutboundJson(boolean candidateSdpMid) {
    this.candidateSdpMid = candidateSdpMid;
  }

  @Override
  public String sdpOffer(Outbound.SdpOffer offer) {
    return carrying(object().put("type", "offer").put("sdp", offer.sdp()), "SDP_OFFER");
  }

  @Override
  public String iceCandidate(Outbound.IceCandidate candidate) {
    ObjectNode payload = object().put("candidate", candidate.candidate());
    if (candidateSdpMid) {
      payload.put("sdpMid", Integer.toString(candidate.mediaLineIndex()));
    }
    return carrying(payload.put("sdpMLineIndex", candidate.mediaLineIndex()), "ICE_CANDIDATE");
  }

  @Override
  public String relayed(Outbound.Relayed relayed) {
    ObjectNode root =
        object().put("messagePayload", relayed.payload()).put("messageType", relayed.type().name());
    if (!relayed.sender().isEmpty()) {
      root.put("senderClientId", relayed.sender());
    }
    return root.toString();
  }

  @Override
  public String statusResponse(Outbound.StatusResponse response) {
    ServiceError error = ServiceError.of(Service.SIGNALING, response.reason());
    String description = response.description();
    ObjectNode root = object().put("messageType", "STATUS_RESPONSE");
    root.putObject("statusResponse")
        .put("correlationId", response.correlationId())
        .put("errorType", error.code())
        .put("statusCode", Integer.toString(error.status()))
        .put(
            "description",
            description.substring(0, Math.min(description.length(), LONGEST_DESCRIPTION)))
        .put("success", false);
    return root.toString();
  }

  @Override
  public String goAway(Outbound.GoAway goodbye) {
    return bare("GO_AWAY");
  }

  @Override
  public String reconnectIceServer(Outbound.ReconnectIceServer request) {
    return bare("RECONNECT_ICE_SERVER");
  }

  private static String carrying(ObjectNode payload, String type) {
    String encoded =
        Base64.getEncoder().encodeToString(payload.toString().getBytes(StandardCharsets.UTF_8));
    return object().put("messagePayload", encoded).put("messageType", type).toString();
  }

  private static String bare(String type) {
    return object().put("messageType", type).toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
