package io.github.kvslocal.http;

import static io.github.kvslocal.http.KinesisVideoRoutes.changing;
import static io.github.kvslocal.http.KinesisVideoRoutes.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.ConfigurationKind;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.StorageTier;
import io.github.kvslocal.registry.StreamConfigurations;
import java.util.List;

/**
 * The routes of Kinesis Video Streams that keep a stream's configuration for image generation,
 * notification and storage (API version 2017-09-30).
 */
final class StreamConfigurationRoutes {
  private static final String IMAGES = "ImageGenerationConfiguration";
  private static final String NOTIFICATION = "NotificationConfiguration";
  private static final String STORAGE = "StreamStorageConfiguration";
  private static final String TIER = "DefaultStorageTier";

  private static final TextRule DESTINATION =
      TextRule.of(1, 255, "^[a-zA-Z_0-9]+:(//)?([^/]+)/?([^*]*)$");
  private static final TextRule REGION = TextRule.of(9, 14, "^[a-z]+(-[a-z]+)?-[a-z]+-[0-9]$");

  private enum Status {
    ENABLED,
    DISABLED
  }

  private enum ImageSelectorType {
    SERVER_TIMESTAMP,
    PRODUCER_TIMESTAMP
  }

  private final Registry registry;
  private final StreamConfigurations configurations;

  StreamConfigurationRoutes(Registry registry, StreamConfigurations configurations) {
    this.registry = registry;
    this.configurations = configurations;
  }

  List<Operation> operations() {
    return List.of(
        changing("/updateImageGenerationConfiguration", Subject.STREAM, this::updateImages),
        reading("/describeImageGenerationConfiguration", Subject.STREAM, this::describeImages),
        changing("/updateNotificationConfiguration", Subject.STREAM, this::updateNotification),
        reading("/describeNotificationConfiguration", Subject.STREAM, this::describeNotification),
        changing("/updateStreamStorageConfiguration", Subject.STREAM, this::updateStorage),
        reading("/describeStreamStorageConfiguration", Subject.STREAM, this::describeStorage));
  }

  private Answer updateImages(Call call) throws RefusedException {
    CheckedCopy copy = new CheckedCopy(call.body(), Answer.object());
    copy.structure(IMAGES, StreamConfigurationRoutes::images);
    MediaStream stream = Reference.stream(registry, call);
    String region = copy.to().path(IMAGES).at("/DestinationConfig/DestinationRegion").asText();
    if (call.body().has(IMAGES) && !region.equals(stream.arn().region())) {
      throw call.body()
          .structure(IMAGES)
          .structure("DestinationConfig")
          .breaks("DestinationRegion", "must be the stream's, " + stream.arn().region());
    }
    return keep(stream, ConfigurationKind.IMAGE_GENERATION, copy, IMAGES);
  }

  private static void images(CheckedCopy copy) throws RefusedException {
    copy.requiredOneOf("Status", Status.class);
    copy.requiredOneOf("ImageSelectorType", ImageSelectorType.class);
    copy.requiredStructure(
        "DestinationConfig",
        destination -> {
          destination.requiredText("Uri", DESTINATION);
          destination.requiredText("DestinationRegion", REGION);
        });
    copy.requiredInteger(
        "SamplingInterval", ImageFormat.SHORTEST_INTERVAL_MILLIS, Integer.MAX_VALUE);
    ImageFormat.copy(copy);
  }

  private Answer describeImages(Call call) throws RefusedException {
    return describe(Reference.stream(registry, call), ConfigurationKind.IMAGE_GENERATION, IMAGES);
  }

  private Answer updateNotification(Call call) throws RefusedException {
    CheckedCopy copy = new CheckedCopy(call.body(), Answer.object());
    copy.structure(NOTIFICATION, StreamConfigurationRoutes::notification);
    return keep(
        Reference.stream(registry, call), ConfigurationKind.NOTIFICATION, copy, NOTIFICATION);
  }

  private static void notification(CheckedCopy copy) throws RefusedException {
    copy.requiredOneOf("Status", Status.class);
    copy.requiredStructure(
        "DestinationConfig", destination -> destination.requiredText("Uri", DESTINATION));
  }

  private Answer describeNotification(Call call) throws RefusedException {
    return describe(Reference.stream(registry, call), ConfigurationKind.NOTIFICATION, NOTIFICATION);
  }

  private Answer updateStorage(Call call) throws RefusedException {
    Members body = call.body();
    String version = body.requiredText("CurrentVersion", TextRule.VERSION);
    StorageTier tier = body.requiredStructure(STORAGE).requiredOneOf(TIER, StorageTier.class);
    MediaStream stream = Reference.stream(registry, call);
    registry.changeStorageTier(stream.arn(), version, tier);
    return Answer.NO_MEMBERS;
  }

  private Answer describeStorage(Call call) throws RefusedException {
    MediaStream stream = Reference.stream(registry, call);
    ObjectNode answer =
        Answer.object()
            .put("StreamName", stream.arn().name())
            .put("StreamARN", stream.arn().toString());
    answer.putObject(STORAGE).put(TIER, stream.settings().storageTier().name());
    return Answer.json(answer);
  }

  /** A configuration that is not there, or null, means that there shall be none. */
  private Answer keep(MediaStream stream, ConfigurationKind kind, CheckedCopy copy, String member)
      throws RefusedException {
    if (copy.to().has(member)) {
      configurations.put(stream, kind, copy.to().path(member).toString());
    } else {
      configurations.remove(stream.arn(), kind);
    }
    return Answer.NO_MEMBERS;
  }

  private Answer describe(MediaStream stream, ConfigurationKind kind, String member) {
    ObjectNode answer = Answer.object();
    configurations
        .find(stream.arn(), kind)
        .ifPresent(document -> answer.putRawValue(member, new RawValue(document)));
    return Answer.json(answer);
  }
}
