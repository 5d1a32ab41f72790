package io.github.kvslocal.http;

import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import java.util.List;

/**
 * The routes of Kinesis Video Archived Media (API version 2017-09-30). Requests are checked in full
 * and then declined, until playback is built.
 */
public final class ArchivedMediaRoutes {
  private static final int MOST_FRAGMENTS = 1000;
  private static final TextRule FRAGMENT_NUMBER = TextRule.of(1, 128, "^[0-9]+$");
  private static final TextRule TOKEN = TextRule.of(1, 4096, "[a-zA-Z0-9+/]+={0,2}");

  private enum Display {
    ALWAYS,
    NEVER
  }

  private enum ContainerFormat {
    FRAGMENTED_MP4,
    MPEG_TS
  }

  private enum DiscontinuityMode {
    ALWAYS,
    NEVER,
    ON_DISCONTINUITY
  }

  private final Registry registry;
  private final UnbuiltPlayback playback;

  /**
   * Routes over this registry.
   *
   * @param served the owner whose recordings are fetched without saying whose they are
   */
  public ArchivedMediaRoutes(Registry registry, Owner served) {
    this.registry = registry;
    this.playback = new UnbuiltPlayback(served);
  }

  /** The rows of the table. */
  public List<Operation> operations() {
    return List.of(
        row("/listFragments", this::listFragments),
        row("/getMediaForFragmentList", this::mediaForFragmentList),
        row("/getHLSStreamingSessionURL", this::hlsSession),
        row("/getDASHStreamingSessionURL", this::dashSession),
        row("/getClip", this::clip),
        row("/getImages", this::images));
  }

  private Operation row(String path, UnbuiltPlayback.Check check) {
    return playback.row(Service.ARCHIVED_MEDIA, path, check);
  }

  private MediaStream listFragments(Call call) throws RefusedException {
    Members body = call.body();
    body.integer("MaxResults", 1, 1000);
    boolean next = body.text("NextToken", TOKEN).isPresent();
    if (body.has("FragmentSelector")) {
      FragmentSelection.anyRange(body.structure("FragmentSelector"));
    } else if (!next) {
      throw body.breaks("FragmentSelector", "must not be null when NextToken is null");
    }
    return Reference.stream(registry, call);
  }

  private MediaStream mediaForFragmentList(Call call) throws RefusedException {
    call.body().requiredTexts("Fragments", 1, MOST_FRAGMENTS, FRAGMENT_NUMBER);
    return Reference.stream(registry, call);
  }

  private MediaStream hlsSession(Call call) throws RefusedException {
    Members body = call.body();
    FragmentSelection.session(body, "HLSFragmentSelector", call.now());
    body.oneOf("ContainerFormat", ContainerFormat.class);
    body.oneOf("DiscontinuityMode", DiscontinuityMode.class);
    body.oneOf("DisplayFragmentTimestamp", Display.class);
    body.integer("Expires", 300, 43_200);
    body.integer("MaxMediaPlaylistFragmentResults", 1, 5000);
    return keepingStream(call);
  }

  private MediaStream dashSession(Call call) throws RefusedException {
    Members body = call.body();
    FragmentSelection.session(body, "DASHFragmentSelector", call.now());
    body.oneOf("DisplayFragmentTimestamp", Display.class);
    body.oneOf("DisplayFragmentNumber", Display.class);
    body.integer("Expires", 300, 43_200);
    body.integer("MaxManifestFragmentResults", 1, 5000);
    return keepingStream(call);
  }

  private MediaStream clip(Call call) throws RefusedException {
    FragmentSelection.clip(call.body().requiredStructure("ClipFragmentSelector"), call.now());
    return keepingStream(call);
  }

  private MediaStream images(Call call) throws RefusedException {
    Members body = call.body();
    FragmentSelection.images(body);
    ImageFormat.check(body);
    body.integer("SamplingInterval", ImageFormat.SHORTEST_INTERVAL_MILLIS, Integer.MAX_VALUE);
    body.integer("MaxResults", 1, 100);
    body.text("NextToken", TOKEN);
    return keepingStream(call);
  }

  /** Listing and reading fragments are not modelled with NoDataRetentionException; these are. */
  private MediaStream keepingStream(Call call) throws RefusedException {
    MediaStream stream = Reference.stream(registry, call);
    stream.requireRetention();
    return stream;
  }
}
