package io.github.kvslocal.http;

import static io.github.kvslocal.http.KinesisVideoRoutes.changing;
import static io.github.kvslocal.http.KinesisVideoRoutes.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.kvslocal.channel.RefusedException;
import io.github.kvslocal.registry.EdgeConfiguration;
import io.github.kvslocal.registry.EdgeConfiguration.SyncStatus;
import io.github.kvslocal.registry.Page;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.StreamConfigurations;
import java.time.Instant;
import java.util.List;

/**
 * The routes of Kinesis Video Streams for edge agents (API version 2017-09-30): configurations are
 * kept and returned, and no agent ever answers.
 */
final class EdgeRoutes {
  /** ListEdgeAgentConfigurations API page, MaxResults. */
  private static final PagedList LIST =
      new PagedList("ListEdgeAgentConfigurations", "EdgeConfigs", 5, 10);

  private static final TextRule HUB_DEVICE =
      TextRule.of(1, 1024, "arn:[a-z\\d-]+:iot:[a-z0-9-]+:[0-9]+:thing/[a-zA-Z0-9_.-]+");
  private static final TextRule SECRET =
      TextRule.of(
          20, 2048, "arn:[a-z\\d-]+:secretsmanager:[a-z0-9-]+:[0-9]+:secret:[a-zA-Z0-9_.-]+");
  private static final TextRule SCHEDULE = TextRule.of(11, 100, "[^\\n]{11,100}");

  private enum MediaUriType {
    RTSP_URI,
    FILE_URI
  }

  private enum StrategyOnFullSize {
    DELETE_OLDEST_MEDIA,
    DENY_NEW_MEDIA
  }

  private final Registry registry;
  private final StreamConfigurations configurations;

  EdgeRoutes(Registry registry, StreamConfigurations configurations) {
    this.registry = registry;
    this.configurations = configurations;
  }

  List<Operation> operations() {
    return List.of(
        changing("/startEdgeConfigurationUpdate", Subject.STREAM, this::startUpdate),
        reading("/describeEdgeConfiguration", Subject.STREAM, this::describe),
        changing("/deleteEdgeConfiguration", Subject.STREAM, this::delete),
        reading("/listEdgeAgentConfigurations", Subject.NOTHING, this::list));
  }

  private Answer startUpdate(Call call) throws RefusedException {
    CheckedCopy copy = new CheckedCopy(call.body(), Answer.object());
    copy.requiredStructure("EdgeConfig", EdgeRoutes::edge);
    ObjectNode edge = copy.to().withObject("EdgeConfig");
    return Answer.json(
        json(
            configurations.startEdgeUpdate(
                Reference.stream(registry, call),
                edge.path("HubDeviceArn").asText(),
                edge.toString(),
                call.now()),
            call.now()));
  }

  private static void edge(CheckedCopy copy) throws RefusedException {
    copy.requiredText("HubDeviceArn", HUB_DEVICE);
    copy.requiredStructure(
        "RecorderConfig",
        recorder -> {
          recorder.requiredStructure("MediaSourceConfig", EdgeRoutes::source);
          recorder.structure("ScheduleConfig", EdgeRoutes::schedule);
        });
    copy.structure(
        "UploaderConfig",
        uploader -> uploader.requiredStructure("ScheduleConfig", EdgeRoutes::schedule));
    copy.structure("DeletionConfig", EdgeRoutes::deletion);
  }

  private static void source(CheckedCopy copy) throws RefusedException {
    copy.requiredText("MediaUriSecretArn", SECRET);
    copy.requiredOneOf("MediaUriType", MediaUriType.class);
  }

  /** A Quartz expression; nothing runs by it, so only its length is checked. */
  private static void schedule(CheckedCopy copy) throws RefusedException {
    copy.requiredText("ScheduleExpression", SCHEDULE);
    copy.requiredInteger("DurationInSeconds", 60, 3600);
  }

  private static void deletion(CheckedCopy copy) throws RefusedException {
    copy.integer("EdgeRetentionInHours", 1, 720);
    copy.structure(
        "LocalSizeConfig",
        size -> {
          size.integer("MaxLocalMediaSizeInMB", 64, 2_000_000);
          size.oneOf("StrategyOnFullSize", StrategyOnFullSize.class);
        });
    copy.flag("DeleteAfterUpload");
  }

  private Answer describe(Call call) throws RefusedException {
    return Answer.json(
        json(configurations.edge(Reference.stream(registry, call).arn()), call.now()));
  }

  private Answer delete(Call call) throws RefusedException {
    configurations.deleteEdge(Reference.stream(registry, call).arn());
    return Answer.NO_MEMBERS;
  }

  private Answer list(Call call) throws RefusedException {
    String hubDevice = call.body().requiredText("HubDeviceArn", HUB_DEVICE);
    Page.Request request = LIST.read(call.body());
    return LIST.answer(
        configurations.edges(call.owner(), hubDevice, request), edge -> json(edge, call.now()));
  }

  private static ObjectNode json(EdgeConfiguration edge, Instant now) {
    SyncStatus status = edge.status(now);
    ObjectNode node =
        Answer.object()
            .put("StreamName", edge.stream().name())
            .put("StreamARN", edge.stream().toString())
            .put("CreationTime", Answer.timestamp(edge.createdAt()))
            .put("LastUpdatedTime", Answer.timestamp(edge.updatedAt()))
            .put("SyncStatus", status.name());
    if (status == SyncStatus.SYNC_FAILED) {
      node.put("FailedStatusDetails", "No edge agent answered; the emulator has none.");
    }
    node.putRawValue("EdgeConfig", new RawValue(edge.document()));
    return node;
  }
}
