package io.github.kvslocal.websocket;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.signaling.Inbound;
import io.github.kvslocal.signaling.MessageType;
import io.github.kvslocal.signaling.Payload;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What clients say, as JSON text (webrtc-dg, SendSdpOffer, SendSdpAnswer and SendIceCandidate). */
final class SignalingJson {
  /**
   * SendSdpAnswer page: 10K. Taken as 10 * 1024 characters of base64 (assumed), the more generous
   * reading; SendAlexaOfferToMaster has 10,000 in its model.
   */
  static final int LONGEST_PAYLOAD = 10_240;

  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.-]{1,256}");
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
    // AWS does not say what it answers to one that breaks its pattern; here it counts as none.
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

  /** Where in a text a mistake is, as far as it is known. */
  static String where(JsonProcessingException mistake) {
    JsonLocation place = mistake.getLocation();
    return place == null ? "" : ", at line " + place.getLineNr() + " column " + place.getColumnNr();
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
