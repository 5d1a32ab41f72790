package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.media.EncodedFrame;
import io.github.kvslocal.media.Track;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * An emulator that has something of all that clients can bring to it: live sessions and recordings,
 * tags and configurations of every kind, messages that wait, faults, and a clock that was moved.
 */
final class FullHouse {
  static final String HUB = "hub";
  static final List<String> NAMES = List.of("door", "garden", "plain", "attic");
  private static final List<EncodedFrame> FRAMES = Clip.frames(30);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  final RemoteMaster master;
  final RemoteViewer viewer;

  /** Of a viewer on a channel without media storage. */
  final TestSocket socket;

  /** Waits for a master who never comes. */
  final CompletableFuture<HttpResponse<String>> alexa;

  private final MasterBench bench;

  /** Fills an emulator that has the channel {@code door}; returns when all of it shows. */
  FullHouse(MasterBench bench) throws Exception {
    this.bench = bench;
    RecordedChannel garden = bench.emulator.createChannel("garden");
    post("/createSignalingChannel", "{'ChannelName':'plain'}");
    post("/createStream", "{'StreamName':'attic','DataRetentionInHours':3}");
    for (String name : List.of("door", "garden")) {
      configure(name);
    }
    master = bench.join("door", new AnswerPlan(true, Setup.ACTIVE), FRAMES);
    viewer = bench.joinAsViewer("door", "ann", FRAMES);
    // The journal says what is missing if one of them does not.
    bench.emulator.journal().awaitConnected("door", "master", PATIENCE);
    bench.emulator.journal().awaitConnected("door", "ann", PATIENCE);
    String plain = bench.client.channelArn("plain");
    socket =
        TestSocket.open(
            bench.client.http(),
            bench.client.uri("wss", "/viewer?X-Amz-ClientId=bob&X-Amz-ChannelARN=" + plain));
    socket.say("SDP_OFFER", "", "offer");
    alexa = alexa(plain);
    EmulatorJournal journal = bench.emulator.journal();
    journal.await(JournalQuery.of(Event.MESSAGE_WAITS).channel("plain").client("bob"), PATIENCE);
    journal.await(JournalQuery.of(Event.FRAGMENT_STORED).channel("door"), PATIENCE);
    bench.emulator.clock().freeze();
    bench.emulator.clock().advance(Duration.ofSeconds(7));
    bench.emulator.faults().add("error=ThrottlingException channel=" + garden.arn());
    bench.emulator.faults().add("network loss=1 channel=door client=cyd");
  }

  private void configure(String name) throws Exception {
    String arn = bench.client.channelArn(name);
    post("/TagResource", "{'ResourceARN':'" + arn + "','Tags':[{'Key':'a','Value':'b'}]}");
    post(
        "/updateSignalingChannel",
        "{'ChannelARN':'%s','CurrentVersion':'%s','SingleMasterConfiguration':{'MessageTtlSeconds':7}}"
            .formatted(arn, version("/describeSignalingChannel", "ChannelName", name)));
    String stream = "{'StreamName':'" + name + "',";
    post("/tagStream", stream + "'Tags':{'c':'d'}}");
    post(
        "/updateNotificationConfiguration",
        stream
            + "'NotificationConfiguration':{'Status':'ENABLED',"
            + "'DestinationConfig':{'Uri':'arn:aws:sns:us-east-1:1:topic'}}}");
    post(
        "/updateImageGenerationConfiguration",
        stream
            + "'ImageGenerationConfiguration':{'Status':'ENABLED','ImageSelectorType':"
            + "'SERVER_TIMESTAMP','DestinationConfig':{'Uri':'s3://bucket','DestinationRegion':"
            + "'us-east-1'},'SamplingInterval':3000,'Format':'JPEG'}}");
    post(
        "/startEdgeConfigurationUpdate",
        stream
            + "'EdgeConfig':{'HubDeviceArn':'arn:aws:iot:us-east-1:000000000000:thing/"
            + HUB
            + "','RecorderConfig':{'MediaSourceConfig':{'MediaUriSecretArn':"
            + "'arn:aws:secretsmanager:us-east-1:1:secret:camera','MediaUriType':'RTSP_URI'}}}}");
    post(
        "/updateDataRetention",
        stream
            + "'CurrentVersion':'%s','Operation':'INCREASE_DATA_RETENTION',"
                .formatted(version("/describeStream", "StreamName", name))
            + "'DataRetentionChangeInHours':5}");
    post(
        "/updateStreamStorageConfiguration",
        stream
            + "'CurrentVersion':'%s','StreamStorageConfiguration':{'DefaultStorageTier':'WARM'}}"
                .formatted(version("/describeStream", "StreamName", name)));
  }

  private String version(String path, String member, String name) throws Exception {
    return post(path, "{'" + member + "':'" + name + "'}")
        .replaceAll("(?s).*\"Version\":\"([^\"]*)\".*", "$1");
  }

  private String post(String path, String body) throws Exception {
    HttpResponse<String> answer = bench.client.post("https", path, body);
    assertThat(answer.statusCode()).as("%s %s: %s", path, body, answer.body()).isEqualTo(200);
    return answer.body();
  }

  private CompletableFuture<HttpResponse<String>> alexa(String arn) {
    String body =
        "{\"ChannelARN\":\"%s\",\"SenderClientId\":\"echo\",\"MessagePayload\":\"%s\"}"
            .formatted(arn, TestSocket.base64("offer"));
    CompletableFuture<HttpResponse<String>> answer =
        bench
            .client
            .http()
            .sendAsync(
                HttpRequest.newBuilder(bench.client.uri("https", "/v1/send-alexa-offer-to-master"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    bench
        .emulator
        .journal()
        .await(JournalQuery.of(Event.MESSAGE_WAITS).channel("plain").client("echo"), PATIENCE);
    return answer;
  }

  /** Whether a master's whole clip is recorded when he has sent it. */
  static void assertRecords(MasterBench bench, String channel) throws Exception {
    try (RemoteMaster next =
        bench.join(channel, new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      next.allSent().get(20, TimeUnit.SECONDS);
    }
    bench
        .emulator
        .journal()
        .await(JournalQuery.of(Event.RECORDING_ENDED).channel(channel), PATIENCE);
    for (Track track : Track.values()) {
      assertThat(bench.recorded(channel, track)).isEqualTo(MasterBench.data(Clip.frames(), track));
    }
  }
}
