package io.github.kvslocal.channel;

/** Why a request is declined, in the words of the domain; the edges know codes and statuses. */
public enum Reason {
  INVALID_ARGUMENT,
  NOT_PERMITTED,
  NO_SUCH_CHANNEL,
  NO_SUCH_STREAM,
  NAME_IN_USE,
  /** The resource is mapped to something else, or busy. */
  RESOURCE_IN_USE,
  NO_DATA_RETENTION,
  VERSION_MISMATCH,
  VIEWER_LIMIT,
  /** The emulator does not do this yet: our lack, never the client's mistake. */
  NOT_BUILT_YET
}
