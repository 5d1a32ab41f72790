package io.github.kvslocal.websocket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.signaling.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A payload as clients write it: JSON in base64. Most use the usual alphabet (RFC 4648 section 4);
 * AWS's Android sample uses the one for URLs (section 5) and no padding.
 */
record JsonPayload(String base64) implements Payload {
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Whether it can be decoded. */
  static boolean isBase64(String text) {
    if (!BASE64.matcher(text).matches()) {
      return false;
    }
    int padding = text.indexOf('=');
    return padding < 0 ? text.length() % 4 != 1 : text.length() % 4 == 0;
  }

  @Override
  public String description() throws RefusedException {
    JsonNode sdp = object().path("sdp");
    if (!sdp.isTextual() || sdp.textValue().isEmpty()) {
      throw unreadable("messagePayload has to be {\"type\":\"answer\",\"sdp\":\"…\"}");
    }
    return sdp.textValue();
  }

  @Override
  public String candidate() throws RefusedException {
    JsonNode object = object();
    JsonNode candidate = object.path("candidate");
    if (!object.has("candidate") || !(candidate.isTextual() || candidate.isNull())) {
      throw unreadable(
          "messagePayload has to be {\"candidate\":\"candidate:…\",\"sdpMLineIndex\":0}");
    }
    return candidate.isNull() ? "" : candidate.textValue();
  }

  private JsonNode object() throws RefusedException {
    String usual = base64.replace('-', '+').replace('_', '/');
    String text = new String(Base64.getDecoder().decode(usual), StandardCharsets.UTF_8);
    JsonNode object;
    try {
      object = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw unreadable("messagePayload is not JSON in base64" + SignalingJson.where(e));
    }
    if (!object.isObject()) {
      throw unreadable("messagePayload has to be a JSON object in base64");
    }
    return object;
  }

  private static RefusedException unreadable(String complaint) {
    return new RefusedException(Reason.INVALID_ARGUMENT, complaint);
  }
}
