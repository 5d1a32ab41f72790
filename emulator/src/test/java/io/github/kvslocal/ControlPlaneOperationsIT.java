package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The channel and stream families as a client sees them. */
class ControlPlaneOperationsIT {
  private static final String ABROAD = "000000000000/20261120/eu-west-1/kinesisvideo/aws4_request";

  @TempDir private Path directory;
  private final RecordingStorage storage = new RecordingStorage();
  private KvsLocal emulator;
  private Client client;
  private String channel;
  private String stream;

  @BeforeEach
  void start() throws Exception {
    open();
    channel = client.channelArn("door");
    stream = info("/describeStream", "{'StreamName':'door'}").path("StreamARN").asText();
  }

  private void open() throws Exception {
    emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults()
                .withPort(0)
                .withDataDirectory(directory)
                .withChannels(List.of("door")),
            running -> new FakeMediaStack(running, storage));
    client = new Client(emulator);
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void channelIsUpdatedByItsVersionAndShowsTheNext() throws Exception {
    String version =
        info("/describeSignalingChannel", by("ChannelARN", channel)).path("Version").asText();

    ok(
        "/updateSignalingChannel",
        "{'ChannelARN':'%s','CurrentVersion':'%s','SingleMasterConfiguration':{'MessageTtlSeconds':7}}"
            .formatted(channel, version));

    JsonNode updated = info("/describeSignalingChannel", by("ChannelARN", channel));
    assertThat(updated.at("/SingleMasterConfiguration/MessageTtlSeconds").asInt()).isEqualTo(7);
    assertThat(updated.path("Version").asText()).isNotEqualTo(version);
    assertThat(
            refusal(
                "/updateSignalingChannel",
                "{'ChannelARN':'%s','CurrentVersion':'%s','SingleMasterConfiguration':{'MessageTtlSeconds':7}}"
                    .formatted(channel, version)))
        .startsWith("400 VersionMismatchException")
        .contains(version, updated.path("Version").asText());
  }

  @Test
  void channelIsDeletedWhenItsStorageIsDisabledAndItsUsersAreTold() throws Exception {
    assertThat(refusal("/deleteSignalingChannel", "{'ChannelARN':'%s'}".formatted(channel)))
        .startsWith("400 ResourceInUseException")
        .contains("Disable MediaStorageConfiguration to delete the channel");
    disable();
    ok("/deleteSignalingChannel", "{'ChannelARN':'%s'}".formatted(channel));

    assertThat(storage.next()).isEqualTo("storage-ended door: media storage was disabled");
    assertThat(storage.next()).isEqualTo("deleted door");
    assertThat(refusal("/deleteSignalingChannel", "{'ChannelARN':'%s'}".formatted(channel)))
        .startsWith("404 ResourceNotFoundException");
    JsonNode again = ok("/createSignalingChannel", "{'ChannelName':'door'}");
    assertThat(again.path("ChannelARN").asText()).isNotEqualTo(channel);
  }

  @Test
  void streamIsUpdatedAndDeleted() throws Exception {
    ok(
        "/updateStream",
        "{'StreamName':'door','CurrentVersion':'%s','DeviceName':'cam','MediaType':'video/h264'}"
            .formatted(streamVersion()));
    JsonNode updated = info("/describeStream", by("StreamARN", stream));
    assertThat(updated.path("DeviceName").asText()).isEqualTo("cam");
    assertThat(updated.path("MediaType").asText()).isEqualTo("video/h264");
    assertThat(refusal("/deleteStream", "{'StreamARN':'%s'}".formatted(stream)))
        .startsWith("400 ResourceInUseException")
        .contains("Disable MediaStorageConfiguration to delete the stream");
    disable();

    ok(
        "/deleteStream",
        "{'StreamARN':'%s','CurrentVersion':'%s'}".formatted(stream, streamVersion()));

    assertThat(refusal("/describeStream", "{'StreamName':'door'}"))
        .startsWith("404 ResourceNotFoundException");
    JsonNode again = ok("/createStream", "{'StreamName':'door'}");
    assertThat(again.path("StreamARN").asText()).isNotEqualTo(stream);
  }

  @Test
  void retentionThatBecomesZeroIsToldAndRefusesJoins() throws Exception {
    String change =
        "{'StreamARN':'%s','CurrentVersion':'%s','Operation':'%s_DATA_RETENTION','DataRetentionChangeInHours':%d}";
    ok("/updateDataRetention", change.formatted(stream, streamVersion(), "INCREASE", 6));
    assertThat(
            info("/describeStream", by("StreamARN", stream)).path("DataRetentionInHours").asInt())
        .isEqualTo(30);

    ok("/updateDataRetention", change.formatted(stream, streamVersion(), "DECREASE", 30));

    assertThat(storage.next())
        .isEqualTo("storage-ended door: the stream door keeps no data any more");
    assertThat(refusal("/joinStorageSession", "{'channelArn':'%s'}".formatted(channel)))
        .startsWith("400 InvalidArgumentException")
        .contains("keeps no data");
  }

  @Test
  void mappedChannelIsFoundByItsStream() throws Exception {
    JsonNode mapped =
        ok("/describeMappedResourceConfiguration", "{'StreamName':'door','MaxResults':1}");

    assertThat(mapped.at("/MappedResourceConfigurationList/0/ARN").asText()).isEqualTo(channel);
    disable();
    assertThat(
            ok("/describeMappedResourceConfiguration", "{'StreamName':'door'}")
                .path("MappedResourceConfigurationList"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT_MEDIA", "GET_MEDIA", "LIST_FRAGMENTS", "GET_CLIP", "GET_IMAGES"})
  void dataEndpointIsTheOriginByWhichTheClientCame(String api) throws Exception {
    HttpResponse<String> answer =
        client.post("https", "/getDataEndpoint", "{'StreamName':'door','APIName':'" + api + "'}");

    assertThat(Client.json(answer).path("DataEndpoint").asText())
        .isEqualTo(client.uri("https", "").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Channel", "Stream"})
  void listIsReadPageByPage(String kind) throws Exception {
    boolean channels = kind.equals("Channel");
    String list = channels ? "/listSignalingChannels" : "/listStreams";
    for (String name : List.of("gate-b", "gate-a", "gate-c", "gateway", "attic")) {
      ok(
          channels ? "/createSignalingChannel" : "/createStream",
          "{'%sName':'%s'}".formatted(kind, name));
    }
    String condition =
        "'%sNameCondition':{'ComparisonOperator':'BEGINS_WITH','ComparisonValue':'gate-'},'MaxResults':2"
            .formatted(kind);

    JsonNode first = ok(list, "{%s}".formatted(condition));
    JsonNode second =
        ok(list, "{%s,'NextToken':'%s'}".formatted(condition, first.path("NextToken").asText()));

    assertThat(names(first, kind)).containsExactly("gate-a", "gate-b");
    assertThat(names(second, kind)).containsExactly("gate-c");
    assertThat(second.has("NextToken")).isFalse();
    assertThat(names(ok(list, "{}"), kind))
        .containsExactly("attic", "door", "gate-a", "gate-b", "gate-c", "gateway");
  }

  @Test
  void channelsTagsAreAListWhenGivenAndAMapWhenListed() throws Exception {
    String arn =
        ok("/createSignalingChannel", "{'ChannelName':'gate','Tags':[{'Key':'a','Value':'1'}]}")
            .path("ChannelARN")
            .asText();
    ok(
        "/TagResource",
        "{'ResourceARN':'%s','Tags':[{'Key':'b','Value':''},{'Key':'c','Value':'3'}]}"
            .formatted(arn));
    ok("/UntagResource", "{'ResourceARN':'%s','TagKeyList':['c','unknown']}".formatted(arn));

    JsonNode tags = ok("/ListTagsForResource", "{'ResourceARN':'%s'}".formatted(arn));

    assertThat(tags.toString()).isEqualTo("{\"Tags\":{\"a\":\"1\",\"b\":\"\"}}");
  }

  @Test
  void streamsTagsAreAMap() throws Exception {
    ok("/createStream", "{'StreamName':'gate','Tags':{'a':'1'}}");
    ok("/tagStream", "{'StreamName':'gate','Tags':{'b':'','c':'3'}}");
    ok("/untagStream", "{'StreamName':'gate','TagKeyList':['c']}");

    JsonNode tags = ok("/listTagsForStream", "{'StreamName':'gate'}");

    assertThat(tags.toString()).isEqualTo("{\"Tags\":{\"a\":\"1\",\"b\":\"\"}}");
  }

  @Test
  void whatIsElsewhereIsNotFoundAndTheExplanationSaysWhere() throws Exception {
    String byArn = abroad("/describeSignalingChannel", by("ChannelARN", channel));
    String byName = abroad("/describeStream", "{'StreamName':'door'}");
    String deleted = abroad("/deleteStream", "{'StreamARN':'" + stream + "'}");
    String joined = abroad("/joinStorageSession", "{'channelArn':'" + channel + "'}");
    String served = abroad("/v1/get-ice-server-config", "{'ChannelARN':'" + channel + "'}");

    assertThat(byName)
        .contains("exists in us-east-1 of account 000000000000; this request is for eu-west-1");
    assertThat(List.of(byArn, byName, deleted, joined, served))
        .allSatisfy(
            answer ->
                assertThat(answer)
                    .startsWith("404 ResourceNotFoundException")
                    .contains("is not found or not active.", "us-east-1", "eu-west-1"));
    assertThat(abroad("/listStreams", "{}")).startsWith("200").contains("\"StreamInfoList\":[]");
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    ok("/tagStream", "{'StreamName':'door','Tags':{'a':'1'}}");
    ok("/createSignalingChannel", "{'ChannelName':'gate','Tags':[{'Key':'b','Value':'2'}]}");
    JsonNode streams = ok("/listStreams", "{}");
    JsonNode channels = ok("/listSignalingChannels", "{}");
    emulator.close();

    open();

    assertThat(ok("/listStreams", "{}")).isEqualTo(streams);
    assertThat(ok("/listSignalingChannels", "{}")).isEqualTo(channels);
    assertThat(ok("/listTagsForStream", "{'StreamName':'door'}").at("/Tags/a").asText())
        .isEqualTo("1");
  }

  @Test
  void changeThatCannotBeKeptIsAnsweredSoAndLaterOnesAreKept() throws Exception {
    Path obstacle = Files.createDirectory(directory.resolve("registry.json.new"));

    HttpResponse<String> lost = client.post("http", "/createStream", "{'StreamName':'lost'}");
    Files.delete(obstacle);
    ok("/createStream", "{'StreamName':'kept'}");

    assertThat(lost.statusCode()).isEqualTo(500);
    assertThat(lost.headers().firstValue("x-amzn-ErrorType")).contains("InternalFailure");
    emulator.close();
    open();
    assertThat(names(ok("/listStreams", "{}"), "Stream")).contains("kept");
  }

  private void disable() throws Exception {
    ok(
        "/updateMediaStorageConfiguration",
        "{'ChannelARN':'%s','MediaStorageConfiguration':{'Status':'DISABLED'}}".formatted(channel));
  }

  private String streamVersion() throws Exception {
    return info("/describeStream", by("StreamARN", stream)).path("Version").asText();
  }

  private JsonNode info(String path, String body) throws Exception {
    JsonNode answer = ok(path, body);
    return answer.elements().next();
  }

  private static String by(String member, String arn) {
    return "{'" + member + "':'" + arn + "'}";
  }

  private static List<String> names(JsonNode answer, String kind) {
    List<String> names = new ArrayList<>();
    answer.path(kind + "InfoList").forEach(info -> names.add(info.path(kind + "Name").asText()));
    return names;
  }

  private JsonNode ok(String path, String body) throws Exception {
    HttpResponse<String> answer = client.post("http", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }

  private String refusal(String path, String body) throws Exception {
    return line(client.post("http", path, body));
  }

  private String abroad(String path, String body) throws Exception {
    return line(
        client.send(
            HttpRequest.newBuilder(client.uri("http", path))
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=" + ABROAD + ", SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))));
  }

  /** Status, error and body. */
  private static String line(HttpResponse<String> answer) {
    return answer.statusCode()
        + " "
        + answer.headers().firstValue("x-amzn-ErrorType").orElse("")
        + " "
        + answer.body();
  }
}
