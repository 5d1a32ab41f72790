package io.github.kvslocal.http;

import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The operations of the five service models that are not built yet. They answer so, since a client
 * whose developer reads "no such operation" would look for the mistake in the client.
 */
public final class UnbuiltRoutes {
  private static final List<String> ARCHIVED_MEDIA =
      List.of(
          "/listFragments",
          "/getMediaForFragmentList",
          "/getHLSStreamingSessionURL",
          "/getDASHStreamingSessionURL",
          "/getClip",
          "/getImages");

  /** The rows of the table. */
  public List<Operation> operations() {
    return Stream.of(
            rows(Service.SIGNALING, List.of("/v1/send-alexa-offer-to-master")),
            rows(Service.MEDIA, List.of("/getMedia")),
            rows(Service.ARCHIVED_MEDIA, ARCHIVED_MEDIA))
        .flatMap(rows -> rows)
        .toList();
  }

  private static Stream<Operation> rows(Service service, List<String> paths) {
    return paths.stream().map(path -> Operation.reading(service, path, call -> decline(path)));
  }

  private static Answer decline(String path) throws RefusedException {
    throw new RefusedException(
        Reason.NOT_BUILT_YET,
        "The emulator does not do " + path.substring(path.lastIndexOf('/') + 1) + " yet.");
  }
}
