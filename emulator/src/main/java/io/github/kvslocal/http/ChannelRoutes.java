package io.github.kvslocal.http;

import static io.github.kvslocal.http.KinesisVideoRoutes.changing;
import static io.github.kvslocal.http.KinesisVideoRoutes.reading;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Reason;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.ChannelType;
import io.github.kvslocal.registry.Page;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryChange;
import io.github.kvslocal.registry.SignalingChannel;
import io.github.kvslocal.registry.Tags;
import java.util.List;
import java.util.OptionalInt;

/** Signaling channels: created, described, listed, updated, deleted, and where to reach them. */
final class ChannelRoutes {
  /** ListSignalingChannels API page, MaxResults. */
  private static final PagedList LIST =
      new PagedList("ListSignalingChannels", "ChannelInfoList", 500, 10_000);

  private enum Protocol {
    WSS,
    HTTPS,
    WEBRTC
  }

  private final Registry registry;
  private final RegistryChange.Listener listener;

  ChannelRoutes(Registry registry, RegistryChange.Listener listener) {
    this.registry = registry;
    this.listener = listener;
  }

  List<Operation> operations() {
    return List.of(
        changing("/createSignalingChannel", Subject.CHANNEL_TO_CREATE, this::create),
        reading("/describeSignalingChannel", Subject.CHANNEL, this::describe),
        reading("/listSignalingChannels", Subject.NOTHING, this::list),
        changing("/updateSignalingChannel", Subject.CHANNEL_BY_ARN, this::update),
        changing("/deleteSignalingChannel", Subject.CHANNEL_BY_ARN, this::delete),
        reading("/getSignalingChannelEndpoint", Subject.CHANNEL_BY_ARN, this::endpoints));
  }

  private Answer create(Call call) throws RefusedException {
    Members body = call.body();
    String name = body.requiredName("ChannelName");
    ChannelType type =
        body.oneOf("ChannelType", ChannelType.class).orElse(ChannelType.SINGLE_MASTER);
    int ttl = messageTtlSeconds(body).orElse(Registry.DEFAULT_MESSAGE_TTL_SECONDS);
    Tags tags = Tags.NONE.with(TagMembers.list(body, 0));
    SignalingChannel channel =
        registry.createChannel(call.owner(), name, type, ttl, tags, call.now());
    return Answer.json(Answer.object().put("ChannelARN", channel.arn().toString()));
  }

  private Answer describe(Call call) throws RefusedException {
    SignalingChannel channel = Reference.channel(call.body()).find(registry, call.owner());
    ObjectNode answer = Answer.object();
    answer.set("ChannelInfo", json(channel));
    return Answer.json(answer);
  }

  private Answer list(Call call) throws RefusedException {
    Page.Request request = LIST.read(call.body(), "ChannelNameCondition");
    return LIST.answer(registry.channels(call.owner(), request), ChannelRoutes::json);
  }

  private Answer update(Call call) throws RefusedException {
    Members body = call.body();
    ChannelArn arn = body.requiredChannelArn("ChannelARN");
    String version = body.requiredText("CurrentVersion", TextRule.VERSION);
    OptionalInt ttl = messageTtlSeconds(body);
    SignalingChannel channel = registry.channel(call.owner(), arn);
    if (channel.type() == ChannelType.SINGLE_MASTER && ttl.isEmpty()) {
      // UpdateSignalingChannel API page, SingleMasterConfiguration.
      throw new RefusedException(
          Reason.INVALID_ARGUMENT,
          "SingleMasterConfiguration.MessageTtlSeconds is required for a channel of type"
              + " SINGLE_MASTER.");
    }
    registry.updateChannel(arn, version, ttl.orElse(channel.messageTtlSeconds()));
    return Answer.NO_MEMBERS;
  }

  private Answer delete(Call call) throws RefusedException {
    ChannelArn arn = call.body().requiredChannelArn("ChannelARN");
    String version = call.body().text("CurrentVersion", TextRule.VERSION).orElse("");
    SignalingChannel channel = registry.channel(call.owner(), arn);
    registry.deleteChannel(channel.arn(), version).forEach(change -> change.tell(listener));
    return Answer.NO_MEMBERS;
  }

  private Answer endpoints(Call call) throws RefusedException {
    ChannelArn arn = call.body().requiredChannelArn("ChannelARN");
    Members wanted = call.body().structure("SingleMasterChannelEndpointConfiguration");
    List<Protocol> protocols = wanted.listOf("Protocols", 1, 5, Protocol.class);
    // The model requires neither; AWS does not say what is returned then. Both of signaling, here.
    if (protocols.isEmpty()) {
      protocols = List.of(Protocol.WSS, Protocol.HTTPS);
    }
    ReturnedUrls.Role role =
        wanted.oneOf("Role", ReturnedUrls.Role.class).orElse(ReturnedUrls.Role.VIEWER);
    SignalingChannel channel = registry.channel(call.owner(), arn);
    if (protocols.contains(Protocol.WEBRTC) && registry.mappedStream(channel.arn()).isEmpty()) {
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

  private static OptionalInt messageTtlSeconds(Members body) throws RefusedException {
    return body.structure("SingleMasterConfiguration").integer("MessageTtlSeconds", 5, 120);
  }

  private static ObjectNode json(SignalingChannel channel) {
    ObjectNode info = Answer.object();
    info.put("ChannelName", channel.arn().name())
        .put("ChannelARN", channel.arn().toString())
        .put("ChannelType", channel.type().name())
        .put("ChannelStatus", "ACTIVE")
        .put("CreationTime", Answer.timestamp(channel.createdAt()));
    if (channel.type() == ChannelType.SINGLE_MASTER) {
      info.putObject("SingleMasterConfiguration")
          .put("MessageTtlSeconds", channel.messageTtlSeconds());
    }
    return info.put("Version", channel.version());
  }
}
