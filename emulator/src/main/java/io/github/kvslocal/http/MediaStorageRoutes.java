package io.github.kvslocal.http;

import static io.github.kvslocal.http.KinesisVideoRoutes.changing;
import static io.github.kvslocal.http.KinesisVideoRoutes.reading;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryChange;
import io.github.kvslocal.registry.SignalingChannel;
import java.util.List;
import java.util.Optional;

/** Which channel is recorded into which stream. */
final class MediaStorageRoutes {
  /** AWS does not say which types there are; this is the name of the resource in its guides. */
  private static final String MAPPED_TYPE = "SIGNALING_CHANNEL";

  private enum StorageStatus {
    ENABLED,
    DISABLED
  }

  private final Registry registry;
  private final RegistryChange.Listener listener;

  MediaStorageRoutes(Registry registry, RegistryChange.Listener listener) {
    this.registry = registry;
    this.listener = listener;
  }

  List<Operation> operations() {
    return List.of(
        changing("/updateMediaStorageConfiguration", Subject.CHANNEL_BY_ARN, this::update),
        reading("/describeMediaStorageConfiguration", Subject.CHANNEL, this::describe),
        reading("/describeMappedResourceConfiguration", Subject.STREAM, this::describeMapped));
  }

  private Answer update(Call call) throws RefusedException {
    ChannelArn arn = call.body().requiredChannelArn("ChannelARN");
    Members configuration = call.body().requiredStructure("MediaStorageConfiguration");
    StorageStatus status = configuration.requiredOneOf("Status", StorageStatus.class);
    // Clients switch off with the ARN absent, null and present.
    Optional<StreamArn> streamArn = configuration.streamArn("StreamARN");
    if (status == StorageStatus.ENABLED && streamArn.isEmpty()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "MediaStorageConfiguration.StreamARN is required when Status is ENABLED.");
    }
    SignalingChannel channel = registry.channel(call.owner(), arn);
    switch (status) {
      case ENABLED -> {
        MediaStream stream = registry.stream(call.owner(), streamArn.orElseThrow());
        registry.map(channel.arn(), stream.arn());
      }
      case DISABLED -> registry.unmap(channel.arn()).forEach(change -> change.tell(listener));
    }
    return Answer.NO_MEMBERS;
  }

  private Answer describe(Call call) throws RefusedException {
    SignalingChannel channel = Reference.channel(call.body()).find(registry, call.owner());
    Optional<StreamArn> stream = registry.mappedStream(channel.arn());
    ObjectNode answer = Answer.object();
    ObjectNode configuration = answer.putObject("MediaStorageConfiguration");
    stream.ifPresent(arn -> configuration.put("StreamARN", arn.toString()));
    configuration.put(
        "Status", (stream.isPresent() ? StorageStatus.ENABLED : StorageStatus.DISABLED).name());
    return Answer.json(answer);
  }

  private Answer describeMapped(Call call) throws RefusedException {
    Members body = call.body();
    Reference<MediaStream> reference = Reference.stream(body);
    body.integer("MaxResults", 1, 1);
    PageToken.requireNone(body, "DescribeMappedResourceConfiguration");
    MediaStream stream = reference.find(registry, call.owner());
    ObjectNode answer = Answer.object();
    ArrayNode list = answer.putArray("MappedResourceConfigurationList");
    registry
        .mappedChannel(stream.arn())
        .ifPresent(
            channel -> list.addObject().put("Type", MAPPED_TYPE).put("ARN", channel.toString()));
    return Answer.json(answer);
  }
}
