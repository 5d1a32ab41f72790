package io.github.kvslocal.websocket;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.api.ServiceError;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.MessageType;
import io.github.kvslocal.signaling.Outbound;
import io.github.kvslocal.signaling.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The signaling messages as JSON text (webrtc-dg, SendSdpOffer, SendSdpAnswer, SendIceCandidate and
 * async-message-reception-api).
 */
final class SignalingJson {
  /**
   * SendSdpAnswer page: 10K. Taken as 10 * 1024 characters of base64 (assumed), the more generous
   * reading; SendAlexaOfferToMaster has 10,000 in its model.
   */
  static final int LONGEST_PAYLOAD = 10_240;

  /** async-message-reception-api page: 1K. */
  private static final int LONGEST_DESCRIPTION = 1024;

  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.-]{1,256}");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private SignalingJson() {}

  /**
   * Reads what a client sent; never fails, whatever it is. Keys count whatever their case, since
   * the KVS C SDK capitalises most of them.
   */
  static Inbound decode(String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      return new Inbound.Unreadable("the message is not JSON" + where(e), "");
    }
    if (!root.isObject()) {
      return new Inbound.Unreadable("the message has to be a JSON object", "");
    }
    String correlationId = text(root, "correlationId");
    if (!ID.matcher(correlationId).matches()) {
      correlationId = "";
    }
    try {
      return decode(root, correlationId);
    } catch (UnreadableException e) {
      return new Inbound.Unreadable(e.complaint(), correlationId);
    }
  }

  private static Inbound decode(JsonNode root, String correlationId) throws UnreadableException {
    String recipient = text(root, "recipientClientId");
    if (!recipient.isEmpty() && !ID.matcher(recipient).matches()) {
      throw new UnreadableException(
          "recipientClientId has to be 1 to 256 characters of [a-zA-Z0-9_.-]");
    }
    return new Inbound.Message(type(text(root, "action")), recipient, payload(root), correlationId);
  }

  private static MessageType type(String action) throws UnreadableException {
    return switch (action) {
      case "SDP_OFFER" -> MessageType.SDP_OFFER;
      case "SDP_ANSWER" -> MessageType.SDP_ANSWER;
      case "ICE_CANDIDATE" -> MessageType.ICE_CANDIDATE;
      default ->
          throw new UnreadableException(
              "action has to be SDP_OFFER, SDP_ANSWER or ICE_CANDIDATE, but is '"
                  + action.substring(0, Math.min(action.length(), 100))
                  + "'");
    };
  }

  private static Payload payload(JsonNode root) throws UnreadableException {
    String encoded = text(root, "messagePayload");
    if (encoded.isEmpty() || encoded.length() > LONGEST_PAYLOAD) {
      throw new UnreadableException(
          "messagePayload has to have 1 to "
              + LONGEST_PAYLOAD
              + " characters, but has "
              + encoded.length());
    }
    if (!JsonPayload.isBase64(encoded)) {
      throw new UnreadableException("messagePayload is not base64");
    }
    return new JsonPayload(encoded);
  }

  /** The member of this name in any case; empty if it is absent, null or no text. */
  private static String text(JsonNode object, String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (member.getKey().toLowerCase(Locale.ROOT).equals(wanted)
          && member.getValue().isTextual()) {
        return member.getValue().textValue();
      }
    }
    return "";
  }

  /** Writes a message in the service's order of keys. */
  static String encode(Outbound message) {
    return message.encode(
        new Outbound.Encoder<String>() {
          @Override
          public String sdpOffer(Outbound.SdpOffer offer) {
            return carrying(object().put("type", "offer").put("sdp", offer.sdp()), "SDP_OFFER");
          }

          @Override
          public String iceCandidate(Outbound.IceCandidate candidate) {
            return carrying(
                object()
                    .put("candidate", candidate.candidate())
                    .put("sdpMLineIndex", candidate.mediaLineIndex()),
                "ICE_CANDIDATE");
          }

          @Override
          public String relayed(Outbound.Relayed relayed) {
            ObjectNode root =
                object()
                    .put("messagePayload", relayed.payload())
                    .put("messageType", relayed.type().name());
            if (!relayed.sender().isEmpty()) {
              root.put("senderClientId", relayed.sender());
            }
            return root.toString();
          }

          @Override
          public String goAway(Outbound.GoAway goodbye) {
            return object().put("messageType", "GO_AWAY").toString();
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
        });
  }

  private static String carrying(ObjectNode payload, String type) {
    String encoded =
        Base64.getEncoder().encodeToString(payload.toString().getBytes(StandardCharsets.UTF_8));
    return object().put("messagePayload", encoded).put("messageType", type).toString();
  }

  /** Where in a text a mistake is, as far as it is known. */
  static String where(JsonProcessingException mistake) {
    JsonLocation place = mistake.getLocation();
    return place == null ? "" : ", at line " + place.getLineNr() + " column " + place.getColumnNr();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A message that cannot be; without a stack trace, since clients choose how often. */
  private static final class UnreadableException extends Exception {
    UnreadableException(String complaint) {
      super(complaint, null, false, false);
    }

    String complaint() {
      return String.valueOf(getMessage());
    }
  }
}
