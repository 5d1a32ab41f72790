package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.ChannelType;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.SignalingChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The routes of Kinesis Video Streams: the control plane (API version 2017-09-30). */
public final class KinesisVideoRoutes {
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+(,[\\w\\-\\.\\+]+/[\\w\\-\\.\\+]+)*");
  private static final Pattern DEVICE_NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
  private static final Pattern KEY_ID = Pattern.compile(".+");

  private enum Protocol {
    WSS,
    HTTPS,
    WEBRTC
  }

  private enum StorageStatus {
    ENABLED,
    DISABLED
  }

  private final Registry registry;

  /** Routes over this registry. */
  public KinesisVideoRoutes(Registry registry) {
    this.registry = registry;
  }

  /** The rows of the table. */
  public List<Operation> operations() {
    return List.of(
        changing("/createSignalingChannel", this::createSignalingChannel),
        reading("/describeSignalingChannel", this::describeSignalingChannel),
        reading("/getSignalingChannelEndpoint", this::getSignalingChannelEndpoint),
        changing("/updateMediaStorageConfiguration", this::updateMediaStorageConfiguration),
        reading("/describeMediaStorageConfiguration", this::describeMediaStorageConfiguration),
        changing("/createStream", this::createStream),
        reading("/describeStream", this::describeStream));
  }

  private Answer createSignalingChannel(Call call) throws RefusedException {
    Members body = call.body();
    String name = body.requiredName("ChannelName");
    ChannelType type =
        body.oneOf("ChannelType", ChannelType.class).orElse(ChannelType.SINGLE_MASTER);
    int ttl =
        body.structure("SingleMasterConfiguration")
            .integer("MessageTtlSeconds", 5, 120)
            .orElse(Registry.DEFAULT_MESSAGE_TTL_SECONDS);
    SignalingChannel channel = registry.createChannel(call.owner(), name, type, ttl, call.now());
    return Answer.json(Answer.object().put("ChannelARN", channel.arn().toString()));
  }

  private Answer describeSignalingChannel(Call call) throws RefusedException {
    SignalingChannel channel = channelOf(call);
    ObjectNode answer = Answer.object();
    ObjectNode info =
        answer
            .putObject("ChannelInfo")
            .put("ChannelName", channel.arn().name())
            .put("ChannelARN", channel.arn().toString())
            .put("ChannelType", channel.type().name())
            .put("ChannelStatus", "ACTIVE")
            .put("CreationTime", epochSeconds(channel.createdAt()));
    if (channel.type() == ChannelType.SINGLE_MASTER) {
      info.putObject("SingleMasterConfiguration")
          .put("MessageTtlSeconds", channel.messageTtlSeconds());
    }
    info.put("Version", channel.version());
    return Answer.json(answer);
  }

  private Answer getSignalingChannelEndpoint(Call call) throws RefusedException {
    Members body = call.body();
    SignalingChannel channel = registry.channel(body.requiredChannelArn("ChannelARN"));
    Members wanted = body.structure("SingleMasterChannelEndpointConfiguration");
    List<Protocol> protocols = wanted.listOf("Protocols", 1, 5, Protocol.class);
    // The model requires neither; AWS does not say what is returned then. Both of signaling, here.
    if (protocols.isEmpty()) {
      protocols = List.of(Protocol.WSS, Protocol.HTTPS);
    }
    ReturnedUrls.Role role =
        wanted.oneOf("Role", ReturnedUrls.Role.class).orElse(ReturnedUrls.Role.VIEWER);
    if (protocols.contains(Protocol.WEBRTC) && registry.storage(channel.arn()).isEmpty()) {
      throw new RefusedException(
          Reason.INVALID_ARGUMENT, "MediaStorageConfiguration is required for WEBRTC protocol");
    }
    ObjectNode answer = Answer.object();
    ArrayNode endpoints = answer.putArray("ResourceEndpointList");
    protocols.stream()
        .distinct()
        .forEach(
            protocol ->
                endpoints
                    .addObject()
                    .put("Protocol", protocol.name())
                    .put(
                        "ResourceEndpoint",
                        protocol == Protocol.WSS ? call.urls().socket(role) : call.urls().rest()));
    return Answer.json(answer);
  }

  private Answer updateMediaStorageConfiguration(Call call) throws RefusedException {
    ChannelArn channel = call.body().requiredChannelArn("ChannelARN");
    Members configuration = call.body().requiredStructure("MediaStorageConfiguration");
    StorageStatus status = configuration.requiredOneOf("Status", StorageStatus.class);
    // Clients switch off with the ARN absent, null and present.
    Optional<StreamArn> stream = configuration.streamArn("StreamARN");
    switch (status) {
      case ENABLED ->
          registry.enableStorage(
              channel,
              stream.orElseThrow(
                  () ->
                      new RefusedException(
                          Reason.INVALID_ARGUMENT,
                          "MediaStorageConfiguration.StreamARN is required when Status is"
                              + " ENABLED")));
      case DISABLED -> registry.disableStorage(channel);
    }
    return Answer.NO_MEMBERS;
  }

  private Answer describeMediaStorageConfiguration(Call call) throws RefusedException {
    Optional<StreamArn> stream = registry.storage(channelOf(call).arn());
    ObjectNode answer = Answer.object();
    ObjectNode configuration = answer.putObject("MediaStorageConfiguration");
    stream.ifPresent(arn -> configuration.put("StreamARN", arn.toString()));
    configuration.put(
        "Status", (stream.isPresent() ? StorageStatus.ENABLED : StorageStatus.DISABLED).name());
    return Answer.json(answer);
  }

  private Answer createStream(Call call) throws RefusedException {
    Members body = call.body();
    String name = body.requiredName("StreamName");
    MediaStream.Settings settings =
        new MediaStream.Settings(
            body.integer("DataRetentionInHours", 0, Integer.MAX_VALUE).orElse(0),
            body.text("MediaType", 1, 128, MEDIA_TYPE).orElse(""),
            body.text("DeviceName", 1, 128, DEVICE_NAME).orElse(""),
            body.text("KmsKeyId", 1, 2048, KEY_ID).orElse(""));
    MediaStream stream = registry.createStream(call.owner(), name, settings, call.now());
    return Answer.json(Answer.object().put("StreamARN", stream.arn().toString()));
  }

  private Answer describeStream(Call call) throws RefusedException {
    MediaStream stream = streamOf(call);
    MediaStream.Settings settings = stream.settings();
    String serviceKey =
        "arn:aws:kms:%s:%s:alias/aws/kinesisvideo"
            .formatted(stream.arn().region(), stream.arn().account());
    ObjectNode answer = Answer.object();
    ObjectNode info = answer.putObject("StreamInfo");
    putUnlessEmpty(info, "DeviceName", settings.deviceName());
    info.put("StreamName", stream.arn().name()).put("StreamARN", stream.arn().toString());
    putUnlessEmpty(info, "MediaType", settings.mediaType());
    info.put("KmsKeyId", settings.kmsKeyId().isEmpty() ? serviceKey : settings.kmsKeyId())
        .put("Version", stream.version())
        .put("Status", "ACTIVE")
        .put("CreationTime", epochSeconds(stream.createdAt()))
        .put("DataRetentionInHours", settings.retentionHours());
    return Answer.json(answer);
  }

  private SignalingChannel channelOf(Call call) throws RefusedException {
    Members body = call.body();
    Optional<ChannelArn> arn = body.channelArn("ChannelARN");
    Optional<String> name = body.name("ChannelName");
    if (arn.isPresent()) {
      return registry.channel(arn.get());
    }
    return registry.channel(
        call.owner(), name.orElseThrow(() -> body.needsEither("ChannelName", "ChannelARN")));
  }

  private MediaStream streamOf(Call call) throws RefusedException {
    Members body = call.body();
    Optional<StreamArn> arn = body.streamArn("StreamARN");
    Optional<String> name = body.name("StreamName");
    if (arn.isPresent()) {
      return registry.stream(arn.get());
    }
    return registry.stream(
        call.owner(), name.orElseThrow(() -> body.needsEither("StreamName", "StreamARN")));
  }

  private static void putUnlessEmpty(ObjectNode node, String member, String value) {
    if (!value.isEmpty()) {
      node.put(member, value);
    }
  }

  /** A timestamp of the rest-json protocol: seconds since the epoch with a fraction. */
  private static double epochSeconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  private static Operation reading(String path, Operation.Immediate action) {
    return Operation.reading(Service.KINESIS_VIDEO, path, action);
  }

  private static Operation changing(String path, Operation.Immediate action) {
    return Operation.changing(Service.KINESIS_VIDEO, path, action);
  }
}
