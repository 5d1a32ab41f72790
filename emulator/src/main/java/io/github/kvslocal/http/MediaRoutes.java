package io.github.kvslocal.http;

import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import java.util.List;

/**
 * The routes of Kinesis Video Media (API version 2017-09-30). Requests are checked in full and then
 * declined, until playback is built.
 */
public final class MediaRoutes {
  private static final TextRule FRAGMENT_NUMBER = TextRule.of(1, 128, "^[0-9]+$");
  private static final TextRule TOKEN = TextRule.of(1, 128, "^[a-zA-Z0-9_\\.\\-]+$");

  private enum StartSelectorType {
    FRAGMENT_NUMBER,
    SERVER_TIMESTAMP,
    PRODUCER_TIMESTAMP,
    NOW,
    EARLIEST,
    CONTINUATION_TOKEN
  }

  private final Registry registry;
  private final UnbuiltPlayback playback;

  /**
   * Routes over this registry.
   *
   * @param served the owner whose recordings are fetched without saying whose they are
   */
  public MediaRoutes(Registry registry, Owner served) {
    this.registry = registry;
    this.playback = new UnbuiltPlayback(served);
  }

  /** The rows of the table. */
  public List<Operation> operations() {
    return List.of(playback.row(Service.MEDIA, "/getMedia", this::media));
  }

  private MediaStream media(Call call) throws RefusedException {
    call.body().text("StreamARN", TextRule.ARN_OF_ONE_PARTITION);
    startSelector(call.body().requiredStructure("StartSelector"));
    return Reference.stream(registry, call);
  }

  /**
   * Which member goes with which type (StartSelector API page). That page says of
   * CONTINUATION_TOKEN both that it reads using the token and that it takes no further member; it
   * needs one here (assumed).
   */
  private static void startSelector(Members selector) throws RefusedException {
    StartSelectorType type = selector.requiredOneOf("StartSelectorType", StartSelectorType.class);
    boolean number = selector.text("AfterFragmentNumber", FRAGMENT_NUMBER).isPresent();
    boolean timestamp = selector.timestamp("StartTimestamp").isPresent();
    boolean token = selector.text("ContinuationToken", TOKEN).isPresent();
    String needed =
        switch (type) {
          case FRAGMENT_NUMBER -> number ? "" : "AfterFragmentNumber";
          case SERVER_TIMESTAMP, PRODUCER_TIMESTAMP -> timestamp ? "" : "StartTimestamp";
          case CONTINUATION_TOKEN -> token ? "" : "ContinuationToken";
          case NOW, EARLIEST -> "";
        };
    if (!needed.isEmpty()) {
      throw selector.breaks(needed, "must not be null when StartSelectorType is " + type);
    }
  }
}
