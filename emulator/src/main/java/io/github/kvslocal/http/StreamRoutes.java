package io.github.kvslocal.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.registry.MediaStream;
import io.github.kvslocal.registry.Page;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryChange;
import io.github.kvslocal.registry.StorageTier;
import io.github.kvslocal.registry.Tags;
import java.util.List;

/** Streams: created, described, listed, updated, deleted, and where their media is read. */
final class StreamRoutes {
  private static final String LIST = "ListStreams";

  /** ListStreams API page, MaxResults. */
  private static final int DEFAULT_PAGE = 10_000;

  private enum RetentionOperation {
    INCREASE_DATA_RETENTION,
    DECREASE_DATA_RETENTION
  }

  private enum DataApi {
    PUT_MEDIA,
    GET_MEDIA,
    LIST_FRAGMENTS,
    GET_MEDIA_FOR_FRAGMENT_LIST,
    GET_HLS_STREAMING_SESSION_URL,
    GET_DASH_STREAMING_SESSION_URL,
    GET_CLIP,
    GET_IMAGES
  }

  private final Registry registry;
  private final RegistryChange.Listener listener;

  StreamRoutes(Registry registry, RegistryChange.Listener listener) {
    this.registry = registry;
    this.listener = listener;
  }

  List<Operation> operations() {
    return List.of(
        Operation.changing(Service.KINESIS_VIDEO, "/createStream", this::create),
        Operation.reading(Service.KINESIS_VIDEO, "/describeStream", this::describe),
        Operation.reading(Service.KINESIS_VIDEO, "/listStreams", this::list),
        Operation.changing(Service.KINESIS_VIDEO, "/updateStream", this::update),
        Operation.changing(Service.KINESIS_VIDEO, "/deleteStream", this::delete),
        Operation.changing(Service.KINESIS_VIDEO, "/updateDataRetention", this::changeRetention),
        Operation.reading(Service.KINESIS_VIDEO, "/getDataEndpoint", this::endpoint));
  }

  /** Two errors of the model are never answered: it calls both "Not implemented". */
  private Answer create(Call call) throws RefusedException {
    Members body = call.body();
    String name = body.requiredName("StreamName");
    MediaStream.Settings settings =
        new MediaStream.Settings(
            body.integer("DataRetentionInHours", 0, Registry.LONGEST_RETENTION_HOURS).orElse(0),
            mediaType(body),
            deviceName(body),
            body.text("KmsKeyId", TextRule.KMS_KEY_ID).orElse(""),
            storageTier(body));
    Tags tags = Tags.NONE.with(TagMembers.map(body));
    MediaStream stream = registry.createStream(call.owner(), name, settings, tags, call.now());
    return Answer.json(Answer.object().put("StreamARN", stream.arn().toString()));
  }

  private Answer describe(Call call) throws RefusedException {
    MediaStream stream = Reference.stream(call.body()).find(registry, call.owner());
    ObjectNode answer = Answer.object();
    describe(stream, answer.putObject("StreamInfo"));
    return Answer.json(answer);
  }

  private Answer list(Call call) throws RefusedException {
    Page.Request request = ListMembers.read(call.body(), LIST, "StreamNameCondition", DEFAULT_PAGE);
    Page<MediaStream> page = registry.streams(call.owner(), request);
    ObjectNode answer = Answer.object();
    ArrayNode list = answer.putArray("StreamInfoList");
    page.items().forEach(stream -> describe(stream, list.addObject()));
    if (page.more()) {
      String last = page.items().get(page.items().size() - 1).arn().name();
      answer.put("NextToken", PageToken.of(LIST, last));
    }
    return Answer.json(answer);
  }

  /** AWS does not say what becomes of what the request leaves out; here it stays. */
  private Answer update(Call call) throws RefusedException {
    Members body = call.body();
    Reference<MediaStream> reference = Reference.stream(body);
    String version = body.requiredText("CurrentVersion", TextRule.VERSION);
    String deviceName = deviceName(body);
    String mediaType = mediaType(body);
    MediaStream stream = reference.find(registry, call.owner());
    registry.updateStream(stream.arn(), version, mediaType, deviceName);
    return Answer.NO_MEMBERS;
  }

  private Answer delete(Call call) throws RefusedException {
    StreamArn arn = call.body().requiredStreamArn("StreamARN");
    String version = call.body().text("CurrentVersion", TextRule.VERSION).orElse("");
    MediaStream stream = registry.stream(call.owner(), arn);
    registry.deleteStream(stream.arn(), version).forEach(change -> change.tell(listener));
    return Answer.NO_MEMBERS;
  }

  private Answer changeRetention(Call call) throws RefusedException {
    Members body = call.body();
    Reference<MediaStream> reference = Reference.stream(body);
    String version = body.requiredText("CurrentVersion", TextRule.VERSION);
    RetentionOperation operation = body.requiredOneOf("Operation", RetentionOperation.class);
    int hours = body.requiredInteger("DataRetentionChangeInHours", 1, Integer.MAX_VALUE);
    MediaStream stream = reference.find(registry, call.owner());
    int byHours = operation == RetentionOperation.INCREASE_DATA_RETENTION ? hours : -hours;
    registry
        .changeRetention(stream.arn(), version, byHours)
        .forEach(change -> change.tell(listener));
    return Answer.NO_MEMBERS;
  }

  /** Every operation has the same origin here; the caller appends its path. */
  private Answer endpoint(Call call) throws RefusedException {
    Reference<MediaStream> reference = Reference.stream(call.body());
    call.body().requiredOneOf("APIName", DataApi.class);
    reference.find(registry, call.owner());
    return Answer.json(Answer.object().put("DataEndpoint", call.urls().rest()));
  }

  private static String deviceName(Members body) throws RefusedException {
    return body.text("DeviceName", TextRule.DEVICE_NAME).orElse("");
  }

  private static String mediaType(Members body) throws RefusedException {
    return body.text("MediaType", TextRule.MEDIA_TYPE).orElse("");
  }

  private static StorageTier storageTier(Members body) throws RefusedException {
    return body.has("StreamStorageConfiguration")
        ? body.structure("StreamStorageConfiguration")
            .requiredOneOf("DefaultStorageTier", StorageTier.class)
        : StorageTier.HOT;
  }

  private static void describe(MediaStream stream, ObjectNode info) {
    MediaStream.Settings settings = stream.settings();
    String serviceKey =
        "arn:aws:kms:%s:%s:alias/aws/kinesisvideo"
            .formatted(stream.arn().region(), stream.arn().account());
    putUnlessEmpty(info, "DeviceName", settings.deviceName());
    info.put("StreamName", stream.arn().name()).put("StreamARN", stream.arn().toString());
    putUnlessEmpty(info, "MediaType", settings.mediaType());
    info.put("KmsKeyId", settings.kmsKeyId().isEmpty() ? serviceKey : settings.kmsKeyId())
        .put("Version", stream.version())
        .put("Status", "ACTIVE")
        .put("CreationTime", Answer.timestamp(stream.createdAt()))
        .put("DataRetentionInHours", settings.retentionHours());
  }

  private static void putUnlessEmpty(ObjectNode node, String member, String value) {
    if (!value.isEmpty()) {
      node.put(member, value);
    }
  }
}
