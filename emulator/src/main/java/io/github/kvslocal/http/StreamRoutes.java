package io.github.kvslocal.http;

import static io.github.kvslocal.http.KinesisVideoRoutes.changing;
import static io.github.kvslocal.http.KinesisVideoRoutes.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
  /** ListStreams API page, MaxResults. */
  private static final PagedList LIST =
      new PagedList("ListStreams", "StreamInfoList", 10_000, 10_000);

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
        changing("/createStream", Subject.STREAM_TO_CREATE, this::create),
        reading("/describeStream", Subject.STREAM, this::describe),
        reading("/listStreams", Subject.NOTHING, this::list),
        changing("/updateStream", Subject.STREAM, this::update),
        changing("/deleteStream", Subject.STREAM_BY_ARN, this::delete),
        changing("/updateDataRetention", Subject.STREAM, this::changeRetention),
        reading("/getDataEndpoint", Subject.STREAM, this::endpoint));
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
    listener.retentionSet(stream.arn(), settings.retentionHours());
    return Answer.json(Answer.object().put("StreamARN", stream.arn().toString()));
  }

  private Answer describe(Call call) throws RefusedException {
    MediaStream stream = Reference.stream(call.body()).find(registry, call.owner());
    ObjectNode answer = Answer.object();
    answer.set("StreamInfo", json(stream));
    return Answer.json(answer);
  }

  private Answer list(Call call) throws RefusedException {
    Page.Request request = LIST.read(call.body(), "StreamNameCondition");
    return LIST.answer(registry.streams(call.owner(), request), StreamRoutes::json);
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

  private static ObjectNode json(MediaStream stream) {
    ObjectNode info = Answer.object();
    MediaStream.Settings settings = stream.settings();
    String serviceKey =
        "arn:aws:kms:%s:%s:alias/aws/kinesisvideo"
            .formatted(stream.arn().region(), stream.arn().account());
    putUnlessEmpty(info, "DeviceName", settings.deviceName());
    info.put("StreamName", stream.arn().name()).put("StreamARN", stream.arn().toString());
    putUnlessEmpty(info, "MediaType", settings.mediaType());
    return info.put("KmsKeyId", settings.kmsKeyId().isEmpty() ? serviceKey : settings.kmsKeyId())
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
