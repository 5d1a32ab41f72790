package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.registry.ConfigurationState;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.registry.StreamConfigurations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeRoutesTest {
  private static final String START = "/startEdgeConfigurationUpdate";
  private static final String DESCRIBE = "/describeEdgeConfiguration";
  private static final String DELETE = "/deleteEdgeConfiguration";
  private static final String LIST = "/listEdgeAgentConfigurations";

  private static final String HUB = "arn:aws:iot:us-east-1:1:thing/hub";
  private static final String SECRET = "arn:aws:secretsmanager:us-east-1:1:secret:camera";

  /** With every member that there is. */
  private static final String EDGE =
      "{'HubDeviceArn':'<HUB>','RecorderConfig':{'MediaSourceConfig':{'MediaUriSecretArn':"
          + "'<SECRET>','MediaUriType':'RTSP_URI'},'ScheduleConfig':{'ScheduleExpression':"
          + "'0 0 12 * * ?','DurationInSeconds':60}},'UploaderConfig':{'ScheduleConfig':"
          + "{'ScheduleExpression':'0 30 1 * * ?','DurationInSeconds':3600}},'DeletionConfig':"
          + "{'EdgeRetentionInHours':720,'LocalSizeConfig':{'MaxLocalMediaSizeInMB':64,"
          + "'StrategyOnFullSize':'DENY_NEW_MEDIA'},'DeleteAfterUpload':false}}";

  private static final String SMALLEST =
      "{'HubDeviceArn':'<HUB>','RecorderConfig':{'MediaSourceConfig':"
          + "{'MediaUriSecretArn':'<SECRET>','MediaUriType':'FILE_URI'}}}";

  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private final RouteCalls calls =
      new RouteCalls(
          new EdgeRoutes(registry, new StreamConfigurations(ConfigurationState.EMPTY))
              .operations());

  @BeforeEach
  void createStreams() throws Exception {
    RouteCalls.stream(registry, "door", 24);
    RouteCalls.stream(registry, "live", 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {EDGE, SMALLEST})
  void configurationIsReturnedAsItWasGiven(String edge) throws Exception {
    JsonNode started = calls.answer(START, start("door", edge));

    assertThat(started.path("EdgeConfig").toString()).isEqualTo(filled(edge).replace('\'', '"'));
    assertThat(started.path("StreamName").asText()).isEqualTo("door");
    assertThat(started.path("StreamARN").asText()).contains(":stream/door/");
    assertThat(started.path("SyncStatus").asText()).isEqualTo("SYNCING");
    assertThat(started.path("CreationTime").asDouble())
        .isEqualTo(RouteCalls.NOW.toEpochMilli() / 1000.0);
    assertThat(started.has("FailedStatusDetails")).isFalse();
    assertThat(calls.answer(DESCRIBE, "{'StreamName':'door'}")).isEqualTo(started);
  }

  @Test
  void noAgentAnswersSoTheUpdateFailsAfterFifteenMinutes() throws Exception {
    calls.answer(START, start("door", SMALLEST));
    assertThat(calls.refusal(START, start("door", SMALLEST))).startsWith("ResourceInUseException");

    calls.setNow(RouteCalls.NOW.plus(Duration.ofMinutes(15)));

    JsonNode failed = calls.answer(DESCRIBE, "{'StreamName':'door'}");
    assertThat(failed.path("SyncStatus").asText()).isEqualTo("SYNC_FAILED");
    assertThat(failed.path("FailedStatusDetails").asText()).isNotEmpty();
    JsonNode again = calls.answer(START, start("door", EDGE));
    assertThat(again.path("SyncStatus").asText()).isEqualTo("SYNCING");
    assertThat(again.path("LastUpdatedTime").asDouble() - again.path("CreationTime").asDouble())
        .isEqualTo(900);
  }

  @Test
  void deletedConfigurationIsNotFound() throws Exception {
    calls.answer(START, start("door", SMALLEST));

    assertThat(calls.answer(DELETE, "{'StreamName':'door'}").isEmpty()).isTrue();

    String code = "StreamEdgeConfigurationNotFoundException: The stream door has no edge";
    assertThat(calls.refusal(DESCRIBE, "{'StreamName':'door'}")).startsWith(code);
    assertThat(calls.refusal(DELETE, "{'StreamName':'door'}")).startsWith(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {START, DESCRIBE, DELETE})
  void streamHasToBeNamedAndThere(String path) {
    assertThat(calls.refusal(path, "{'EdgeConfig':" + filled(SMALLEST) + "}"))
        .startsWith("InvalidArgumentException: Either StreamName or StreamARN is required");
    assertThat(calls.refusal(path, start("attic", SMALLEST)))
        .startsWith("ResourceNotFoundException: The requested stream is not found");
  }

  @Test
  void streamWithoutRetentionHasNoEdge() {
    assertThat(calls.refusal(START, start("live", SMALLEST)))
        .startsWith("NoDataRetentionException");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'HubDeviceArn':'<HUB>',|``|at 'EdgeConfig.HubDeviceArn'",
        "'<HUB>'|'arn:aws:iot:us-east-1:1:hub'|pattern: arn:[a-z\\d-]+:iot:",
        "'RecorderConfig'|'Recorder'|at 'EdgeConfig.RecorderConfig'",
        "'MediaSourceConfig'|'MediaSource'|at 'EdgeConfig.RecorderConfig.MediaSourceConfig'",
        "'MediaUriSecretArn':'<SECRET>',|``|MediaSourceConfig.MediaUriSecretArn'",
        "'<SECRET>'|'arn:a:secretsmanag'|greater than or equal to 20",
        "'<SECRET>'|'arn:aws:secretsmanager:us-east-1:1:camera'|secret:[a-zA-Z0-9_.-]+",
        ",'MediaUriType':'RTSP_URI'|``|MediaSourceConfig.MediaUriType'",
        "'RTSP_URI'|'HTTP_URI'|enum value set: [RTSP_URI, FILE_URI]",
        "'ScheduleExpression':'0 0 12 * * ?',|``|ScheduleConfig.ScheduleExpression'",
        "'0 0 12 * * ?'|'0 0 12 * *'|greater than or equal to 11",
        "'0 0 12 * * ?'|'0 0\\n12 * * ?'|pattern: [^\\n]{11,100}",
        ",'DurationInSeconds':60|``|RecorderConfig.ScheduleConfig.DurationInSeconds'",
        "'DurationInSeconds':60}}|'DurationInSeconds':59}}|greater than or equal to 60",
        "'DurationInSeconds':3600|'DurationInSeconds':3601|less than or equal to 3600",
        "'UploaderConfig':{'ScheduleConfig'|'UploaderConfig':{'Schedule'|'EdgeConfig.UploaderConfig.",
        "'EdgeRetentionInHours':720|'EdgeRetentionInHours':721|less than or equal to 720",
        "'EdgeRetentionInHours':720|'EdgeRetentionInHours':0|greater than or equal to 1",
        "'MaxLocalMediaSizeInMB':64|'MaxLocalMediaSizeInMB':63|greater than or equal to 64",
        "'MaxLocalMediaSizeInMB':64|'MaxLocalMediaSizeInMB':2000001|less than or equal to 2000000",
        "'DENY_NEW_MEDIA'|'DENY'|enum value set: [DELETE_OLDEST_MEDIA, DENY_NEW_MEDIA]",
        "'DeleteAfterUpload':false|'DeleteAfterUpload':'no'|Member must be a boolean"
      })
  void updateNamesWhatIsWrong(String part, String instead, String complaint) {
    assertThat(EDGE).contains(part);

    assertThat(calls.refusal(START, start("door", EDGE.replace(part, instead))))
        .startsWith("InvalidArgumentException: 1 validation error detected")
        .contains(complaint);
  }

  @Test
  void updateNeedsAConfiguration() {
    assertThat(calls.refusal(START, "{'StreamName':'door'}")).contains("null at 'EdgeConfig'");
  }

  @ParameterizedTest
  @CsvSource({"1, 11", "4, 3", "10, 2"})
  void configurationsOfADeviceComeInPagesByName(int most, int pages) throws Exception {
    for (int i = 0; i < 11; i++) {
      RouteCalls.stream(registry, "s" + i, 1);
      calls.answer(START, start("s" + i, SMALLEST));
    }

    List<String> names = new ArrayList<>();
    String token = "";
    int count = 0;
    do {
      JsonNode page = list("'MaxResults':" + most + ",'NextToken':'" + token + "'");
      page.path("EdgeConfigs").forEach(edge -> names.add(edge.path("StreamName").asText()));
      token = page.path("NextToken").asText();
      count++;
    } while (!token.isEmpty());

    assertThat(names)
        .containsExactly("s0", "s1", "s10", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9");
    assertThat(count).isEqualTo(pages);
  }

  @Test
  void aPageHasFiveUnlessItIsToldOtherwise() throws Exception {
    for (int i = 0; i < 6; i++) {
      RouteCalls.stream(registry, "s" + i, 1);
      calls.answer(START, start("s" + i, SMALLEST));
    }

    assertThat(list("'MaxResults':null").path("EdgeConfigs")).hasSize(5);
  }

  @Test
  void anotherRegionSeesNothing() throws Exception {
    calls.answer(START, start("door", SMALLEST));

    JsonNode page =
        calls.answer(
            LIST,
            "{'HubDeviceArn':'" + HUB + "'}",
            new Owner(RouteCalls.OWNER.account(), "eu-west-1"));

    assertThat(page.path("EdgeConfigs").isArray()).isTrue();
    assertThat(page.path("EdgeConfigs")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|at 'HubDeviceArn'",
        "{'HubDeviceArn':'hub'}|at 'HubDeviceArn'",
        "{'HubDeviceArn':'<HUB>','MaxResults':0}|greater than or equal to 1",
        "{'HubDeviceArn':'<HUB>','MaxResults':11}|less than or equal to 10",
        "{'HubDeviceArn':'<HUB>','NextToken':'?'}|at 'NextToken'",
        "{'HubDeviceArn':'<HUB>','NextToken':'a=b'}|must be a token that ListEdgeAgentConfigurations returned"
      })
  void listNamesWhatIsWrong(String body, String complaint) {
    assertThat(calls.refusal(LIST, filled(body)))
        .startsWith("InvalidArgumentException: 1 validation error detected")
        .contains(complaint);
  }

  private JsonNode list(String members) throws Exception {
    return calls.answer(LIST, "{'HubDeviceArn':'" + HUB + "'," + members + "}");
  }

  private static String start(String stream, String edge) {
    return "{'StreamName':'" + stream + "','EdgeConfig':" + filled(edge) + "}";
  }

  private static String filled(String text) {
    return text.replace("<HUB>", HUB).replace("<SECRET>", SECRET);
  }
}
