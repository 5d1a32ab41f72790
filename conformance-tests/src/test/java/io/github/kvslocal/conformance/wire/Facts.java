package io.github.kvslocal.conformance.wire;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What only a run knows, by the names that rows have for it: {@code port}, and the ARNs {@code
 * channel} and {@code stream} of porch and {@code other-channel} of other.
 */
record Facts(Map<String, String> values) {

  /** Asked of the emulator on this port, which was started with the channels porch and other. */
  static Facts of(int port) throws IOException {
    Map<String, String> values = new HashMap<>(Map.of("port", Integer.toString(port)));
    try (WireConnection connection = WireConnection.to(port)) {
      values.put("channel", arn(connection, "Channel", "porch"));
      values.put("stream", arn(connection, "Stream", "porch"));
      values.put("other-channel", arn(connection, "Channel", "other"));
    }
    return new Facts(values);
  }

  /** This text with the facts in place of their names. */
  String fill(String text) {
    String filled = text;
    for (Map.Entry<String, String> fact : values.entrySet()) {
      filled = filled.replace("{" + fact.getKey() + "}", fact.getValue());
    }
    return filled;
  }

  private static String arn(WireConnection connection, String kind, String name)
      throws IOException {
    String operation = kind.equals("Channel") ? "/describeSignalingChannel" : "/describeStream";
    WireRequest request = WireRequest.post(operation, "{\"" + kind + "Name\":\"" + name + "\"}");
    connection.send(request.bytes(new Facts(Map.of("port", "0"))));
    return connection.receive().json().path(kind + "Info").path(kind + "ARN").asText();
  }
}
