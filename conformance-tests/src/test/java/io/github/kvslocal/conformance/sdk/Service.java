package io.github.kvslocal.conformance.sdk;

import java.util.Locale;

/** The five services of Kinesis Video Streams that share one endpoint here. */
public enum Service {
  /** The control plane. */
  KINESIS_VIDEO("kinesisvideo"),
  /** ICE servers, and offers from Alexa. */
  SIGNALING("kinesis-video-signaling"),
  /** Storage sessions. */
  WEBRTC_STORAGE("kinesis-video-webrtc-storage"),
  /** GetMedia. */
  MEDIA("kinesis-video-media"),
  /** Everything that plays a recording. */
  ARCHIVED_MEDIA("kinesis-video-archived-media");

  private final String label;

  Service(String label) {
    this.label = label;
  }

  /** Its name for boto3 and for the AWS CLI. */
  public String label() {
    return label;
  }

  /** The path of one of its operations, such as {@code /createStream}. */
  public String path(String operation) {
    return switch (this) {
      case SIGNALING ->
          "/v1/" + operation.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      case KINESIS_VIDEO ->
          operation.endsWith("Resource") ? "/" + operation : lowerCamel(operation);
      case WEBRTC_STORAGE, MEDIA, ARCHIVED_MEDIA -> lowerCamel(operation);
    };
  }

  private static String lowerCamel(String operation) {
    return "/" + operation.substring(0, 1).toLowerCase(Locale.ROOT) + operation.substring(1);
  }
}
