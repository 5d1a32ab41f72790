package io.github.kvslocal.channel;

/** Why a request is declined, in the words of the domain; the edges know codes and statuses. */
public enum Reason {
  INVALID_ARGUMENT,
  NO_SUCH_CHANNEL,
  NO_SUCH_STREAM,
  /** The stream is there and has no edge configuration. */
  NO_EDGE_CONFIGURATION,
  NAME_IN_USE,
  /** The resource is mapped to something else, or busy. */
  RESOURCE_IN_USE,
  NO_DATA_RETENTION,
  VERSION_MISMATCH,
  VIEWER_LIMIT,
  /** More channels than an account may have in a region. */
  CHANNEL_LIMIT,
  /** More streams than an account may have in a region. */
  STREAM_LIMIT,
  /** More tags than a channel or a stream may have. */
  TAG_LIMIT,
  /** An ARN of another kind of resource, where the service has an error for just that. */
  INVALID_RESOURCE_FORMAT,
  /** A limit of the signaling is reached: connections, messages in a second, messages that wait. */
  LIMIT_EXCEEDED,
  /** The master did not answer an offer in time. */
  NO_ANSWER,
  /** The emulator does not do this yet: our lack, never the client's mistake. */
  NOT_BUILT_YET
}
