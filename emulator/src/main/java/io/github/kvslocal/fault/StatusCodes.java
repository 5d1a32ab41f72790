package io.github.kvslocal.fault;

import io.github.kvslocal.channel.Reason;
import java.util.Map;
import java.util.TreeMap;

/**
 * The errors of a STATUS_RESPONSE that can be asked for, by their names in the service's models.
 */
final class StatusCodes {
  static final Map<Reason, String> NAMES =
      new TreeMap<>(
          Map.of(
              Reason.INVALID_ARGUMENT, "InvalidArgumentException",
              Reason.NO_SUCH_CHANNEL, "ResourceNotFoundException",
              Reason.LIMIT_EXCEEDED, "ClientLimitExceededException"));

  private StatusCodes() {}
}
