package io.github.kvslocal.conformance.coverage;

import io.github.kvslocal.conformance.model.ModelledOperation;
import io.github.kvslocal.conformance.rest.DocumentedRates;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why an error of a model is never answered. */
enum Unreached {
  TAGS_FIT('a', "A request cannot name more tags than a new resource can have."),
  NOT_OF_AWS('b', "AWS documents it as not implemented."),
  NO_RATE('c', "AWS documents no rate for the operation."),
  ALWAYS_ACTIVE(
      'd',
      "Channels and streams are ACTIVE from their creation to their deletion; nothing else holds"
          + " them in use for this operation."),
  NOT_DESCRIBED('e', "AWS does not describe which clients or sessions it means."),
  ONE_ENDPOINT('f', "All operations share one endpoint."),
  NO_PLAYBACK('g', "Playback is not built yet.");

  private final char mark;
  private final String sentence;

  Unreached(char mark, String sentence) {
    this.mark = mark;
    this.sentence = sentence;
  }

  /** By which the page refers to it. */
  char mark() {
    return mark;
  }

  String sentence() {
    return sentence;
  }

  /** Why this operation never answers this error; empty if it can. */
  static Optional<Unreached> of(ModelledOperation operation, String error) {
    return Optional.ofNullable(
        switch (error) {
          case "DeviceStreamLimitExceededException", "InvalidDeviceException" -> NOT_OF_AWS;
          case "InvalidClientException", "SessionExpiredException" -> NOT_DESCRIBED;
          case "InvalidEndpointException" -> ONE_ENDPOINT;
          case "ConnectionLimitExceededException",
              "InvalidCodecPrivateDataException",
              "InvalidMediaFrameException",
              "MissingCodecPrivateDataException",
              "UnsupportedStreamMediaTypeException" ->
              NO_PLAYBACK;
          case "TagsPerResourceExceededLimitException" ->
              operation.name().startsWith("Create") ? TAGS_FIT : null;
          case "ClientLimitExceededException" -> throttling(operation);
          case "ResourceInUseException" -> isUpdateOrEndpoint(operation) ? ALWAYS_ACTIVE : null;
          default -> null;
        });
  }

  /** What is left of playback counts what is played. */
  private static @Nullable Unreached throttling(ModelledOperation operation) {
    if (DocumentedRates.include(operation.name())) {
      return null;
    }
    return switch (operation.service()) {
      case "kinesis-video-media", "kinesis-video-archived-media" -> NO_PLAYBACK;
      default -> NO_RATE;
    };
  }

  private static boolean isUpdateOrEndpoint(ModelledOperation operation) {
    return switch (operation.name()) {
      case "GetSignalingChannelEndpoint",
          "UpdateSignalingChannel",
          "UpdateStream",
          "UpdateDataRetention",
          "UpdateImageGenerationConfiguration",
          "UpdateNotificationConfiguration",
          "UpdateStreamStorageConfiguration" ->
          true;
      default -> false;
    };
  }
}
