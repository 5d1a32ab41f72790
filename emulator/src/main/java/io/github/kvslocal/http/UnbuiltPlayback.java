package io.github.kvslocal.http;

import io.github.kvslocal.api.Action;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Owner;

/**
 * How a request for media is answered until playback is built: checked in full, then declined with
 * an error of the service's own model, which no SDK retries and which says where the recording is.
 */
final class UnbuiltPlayback {
  private final Owner served;

  /**
   * Declines with a hint that can be followed.
   *
   * @param served the owner whose recordings {@link RecordingRoutes} serves unasked
   */
  UnbuiltPlayback(Owner served) {
    this.served = served;
  }

  /** What is checked of a request, and which stream it is about. */
  @FunctionalInterface
  interface Check {
    MediaStream check(Call call) throws RefusedException;
  }

  Operation row(Service service, String path, Check check) {
    String operation = Action.ofPath(service, path).name();
    return Operation.reading(
        service, path, Subject.STREAM, call -> decline(operation, check.check(call), call));
  }

  private Answer decline(String operation, MediaStream stream, Call call) throws RefusedException {
    throw new RefusedException(
        Reason.NOT_BUILT_YET,
        "The request is valid, but kvslocal does not serve "
            + operation
            + " yet. "
            + "The whole recording of the stream is at "
            + call.urls().rest()
            + RecordingRoutes.path(stream.arn(), served));
  }
}
