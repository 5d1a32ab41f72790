package io.github.kvslocal.api;

import io.github.kvslocal.channel.Reason;
import java.util.Set;

/** The documented errors. The only place where a code or a status is spelled. */
public enum ServiceError {
  ACCOUNT_CHANNEL_LIMIT_EXCEEDED(400, "AccountChannelLimitExceededException"),
  ACCOUNT_STREAM_LIMIT_EXCEEDED(400, "AccountStreamLimitExceededException"),
  ACCESS_DENIED_401(401, "AccessDeniedException"),
  ACCESS_DENIED_403(403, "AccessDeniedException"),
  NOT_AUTHORIZED(401, "NotAuthorizedException"),
  CLIENT_LIMIT_EXCEEDED(400, "ClientLimitExceededException"),
  INVALID_ARGUMENT(400, "InvalidArgumentException"),
  INVALID_RESOURCE_FORMAT(400, "InvalidResourceFormatException"),
  NO_DATA_RETENTION(400, "NoDataRetentionException"),
  RESOURCE_IN_USE(400, "ResourceInUseException"),
  RESOURCE_NOT_FOUND(404, "ResourceNotFoundException"),
  STREAM_EDGE_CONFIGURATION_NOT_FOUND(404, "StreamEdgeConfigurationNotFoundException"),
  TAGS_PER_RESOURCE_EXCEEDED_LIMIT(400, "TagsPerResourceExceededLimitException"),
  VERSION_MISMATCH(400, "VersionMismatchException"),
  /** A request that is not signed; in no service's list, but as AWS's other services answer. */
  MISSING_AUTHENTICATION_TOKEN(403, "MissingAuthenticationTokenException"),
  /**
   * A signature that cannot be read, as the API reference's Common Errors name it; other services
   * append "Exception".
   */
  INCOMPLETE_SIGNATURE(400, "IncompleteSignature"),
  /** A signature that is wrong or not of now; in no service's list, but as other services. */
  INVALID_SIGNATURE(403, "InvalidSignatureException"),
  /** An access key or token that is not known; in no service's list, but as other services. */
  UNRECOGNIZED_CLIENT(403, "UnrecognizedClientException"),
  /** A body that is no JSON object; the protocol's own error, in no service's list. */
  SERIALIZATION(400, "SerializationException"),
  /** A path that no service has; the protocol's own error. */
  UNKNOWN_OPERATION(404, "UnknownOperationException"),
  /** A body that is too long; the protocol's own error. */
  REQUEST_TOO_LARGE(413, "RequestEntityTooLargeException"),
  /** Another version of the WebSocket protocol. AWS does not say how it names this. */
  UPGRADE_REQUIRED(426, "UpgradeRequiredException"),
  /** A request line that is too long. AWS does not say how it names this. */
  URI_TOO_LONG(414, "RequestUriTooLongException"),
  /** Headers that are too long. AWS does not say how it names this. */
  HEADERS_TOO_LARGE(431, "RequestHeaderFieldsTooLargeException"),
  /** Another protocol than HTTP/1. AWS does not say how it names this. */
  HTTP_VERSION_NOT_SUPPORTED(505, "HttpVersionNotSupportedException"),
  /** A route of the emulator's own is too busy; no refusal maps to it. */
  BUSY(503, "ServiceUnavailableException"),
  /** AWS has no such error: the emulator cannot do this yet. */
  NOT_BUILT_YET(501, "NotImplementedException"),
  /** Our bug; no refusal maps to it. */
  INTERNAL_FAILURE(500, "InternalFailure");

  /** Those of the control plane whose models list NotAuthorizedException. */
  private static final Set<String> NOT_AUTHORIZED_ACTIONS =
      Set.of(
          "DeleteStream",
          "DescribeStream",
          "GetDataEndpoint",
          "ListEdgeAgentConfigurations",
          "ListTagsForStream",
          "TagStream",
          "UntagStream",
          "UpdateDataRetention",
          "UpdateStream");

  private final int status;
  private final String code;

  ServiceError(int status, String code) {
    this.status = status;
    this.code = code;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The error's name, such as {@code InvalidArgumentException}. */
  public String code() {
    return code;
  }

  /** No {@code default}: a new reason does not compile until it has an answer here. */
  public static ServiceError of(Service service, Reason reason) {
    return switch (reason) {
      case INVALID_ARGUMENT -> INVALID_ARGUMENT;
      case NO_SUCH_CHANNEL, NO_SUCH_STREAM -> RESOURCE_NOT_FOUND;
      case NAME_IN_USE, RESOURCE_IN_USE -> RESOURCE_IN_USE;
      case NO_DATA_RETENTION -> NO_DATA_RETENTION;
      case VERSION_MISMATCH -> VERSION_MISMATCH;
      case CHANNEL_LIMIT -> ACCOUNT_CHANNEL_LIMIT_EXCEEDED;
      case STREAM_LIMIT -> ACCOUNT_STREAM_LIMIT_EXCEEDED;
      case TAG_LIMIT -> TAGS_PER_RESOURCE_EXCEEDED_LIMIT;
      case INVALID_RESOURCE_FORMAT -> INVALID_RESOURCE_FORMAT;
      case VIEWER_LIMIT, LIMIT_EXCEEDED -> CLIENT_LIMIT_EXCEEDED;
      // AWS does not say how it ends a request that the master does not answer.
      case NO_ANSWER -> RESOURCE_NOT_FOUND;
      case NO_EDGE_CONFIGURATION -> STREAM_EDGE_CONFIGURATION_NOT_FOUND;
      case NOT_BUILT_YET -> notBuiltYet(service);
    };
  }

  /** Of the services whose operations all wait to be built, players expect a modelled error. */
  private static ServiceError notBuiltYet(Service service) {
    return switch (service) {
      case MEDIA, ARCHIVED_MEDIA -> INVALID_ARGUMENT;
      case KINESIS_VIDEO, SIGNALING, WEBRTC_STORAGE -> NOT_BUILT_YET;
    };
  }

  /**
   * What somebody is answered who may not do something, by the error lists of the five service
   * models, in which storage stands alone with its 403; for the socket, by the ConnectAsMaster
   * page. CreateStream and ListStreams list no such error; AWS does not say what they answer
   * (assumed as of channels).
   */
  public static ServiceError denied(Action action) {
    return switch (action.service()) {
      case KINESIS_VIDEO ->
          NOT_AUTHORIZED_ACTIONS.contains(action.name()) ? NOT_AUTHORIZED : ACCESS_DENIED_401;
      case WEBRTC_STORAGE -> ACCESS_DENIED_403;
      case SIGNALING -> action.opensSocket() ? ACCESS_DENIED_403 : NOT_AUTHORIZED;
      case MEDIA, ARCHIVED_MEDIA -> NOT_AUTHORIZED;
    };
  }

  /**
   * The status that an error of this name has as the answer to an operation: that of the service
   * models; 400, as of most, for one that no model of ours has.
   */
  public static int statusOf(Action action, String code) {
    ServiceError denied = denied(action);
    if (denied.code.equals(code)) {
      return denied.status;
    }
    for (ServiceError error : values()) {
      if (error.code.equals(code)) {
        return error.status;
      }
    }
    return INVALID_ARGUMENT.status;
  }
}
