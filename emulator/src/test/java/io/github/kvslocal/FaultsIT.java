package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.fault.Fault;
import io.github.kvslocal.fault.FaultRule;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults as their users add them: in the JVM, over HTTP, by header, by tag and by socket. */
class FaultsIT {
  private static final String PATH = "/_kvslocal/faults";

  private MasterBench bench;
  private Client client;
  private String door;

  @BeforeEach
  void start() throws Exception {
    bench =
        new MasterBench(
            KvsLocalOptions.defaults().withEphemeral(true).withChannels(List.of("door", "gate")));
    client = bench.client;
    door = client.channelArn("door");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void errorBefallsItsOperationOnItsChannelAsOftenAsItIsToldAndNothingElse() throws Exception {
    bench
        .emulator
        .faults()
        .add("error=ThrottlingException operation=JoinStorageSession channel=door count=1");

    HttpResponse<String> gate = join("gate", "");
    HttpResponse<String> described = describe("door");
    HttpResponse<String> first = join("door", "");
    HttpResponse<String> second = join("door", "");

    assertThat(first.statusCode()).isEqualTo(400);
    assertThat(first.headers().firstValue("x-amzn-ErrorType")).contains("ThrottlingException");
    assertThat(List.of(gate, described, second)).allMatch(answer -> answer.statusCode() == 200);
    assertThat(struck()).containsExactly("rule 1 strikes: error=ThrottlingException");
    assertThat(events("joined")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "error=AccessDeniedException, 403",
    "error=ResourceNotFoundException, 404",
    "error=ClientLimitExceededException, 400",
    "error=InternalFailure, 500",
    "error=Made status=599, 599"
  })
  void errorHasTheServicesStatusUnlessAnotherIsGiven(String fault, int status) throws Exception {
    assertThat(join("door", fault).statusCode()).isEqualTo(status);
    assertThat(join("door", "").statusCode()).isEqualTo(200);
  }

  @Test
  void latencyLetsOneCallWaitAndNoOther() throws Exception {
    bench.emulator.faults().add("latency=700ms operation=DescribeSignalingChannel channel=door");
    long start = System.nanoTime();
    describe("gate");
    long other = System.nanoTime();

    HttpResponse<String> slow = describe("door");

    assertThat(slow.statusCode()).isEqualTo(200);
    assertThat(System.nanoTime() - other).isGreaterThan(Duration.ofMillis(700).toNanos());
    assertThat(other - start).isLessThan(Duration.ofMillis(700).toNanos());
  }

  @ParameterizedTest
  @CsvSource({"before, false", "after, true"})
  void resetCutsTheConnectionBeforeOrAfterTheEffect(String when, boolean effect) {
    assertThatThrownBy(() -> create("made", "reset=" + when)).isInstanceOf(IOException.class);

    assertThat(describeStatus("made")).isEqualTo(effect ? 200 : 404);
    assertThat(describeStatus("door")).isEqualTo(200);
  }

  private int describeStatus(String channel) {
    try {
      return describe(channel).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void headerThatIsNotUnderstoodIsSaidSo() throws Exception {
    HttpResponse<String> unreadable = join("door", "explode");
    HttpResponse<String> misplaced = create("made", "go-away");

    assertThat(List.of(unreadable, misplaced)).allMatch(answer -> answer.statusCode() == 400);
    assertThat(unreadable.body()).contains("'explode' is no fault", "latency=");
    assertThat(misplaced.body()).contains("befalls no call", "JoinStorageSession");
    assertThat(describeStatus("made")).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"arn:aws:kinesisvideo:x, ann", "'', '#'"})
  void faultsOfAJoinThatNamesNobodyAreForNobody(String arn, String id) throws Exception {
    HttpResponse<String> declined =
        post(
            "/joinStorageSessionAsViewer",
            "{'channelArn':'%s','clientId':'%s'}".formatted(arn.isEmpty() ? door : arn, id),
            "withhold-offer");

    assertThat(declined.statusCode()).isEqualTo(400);
    assertThat(bench.emulator.faults().list()).isEmpty();
  }

  @Test
  void tagHoldsForItsChannelUntilItIsRemoved() throws Exception {
    tag("error=ThrottlingException operation=JoinStorageSession");
    assertThat(join("door", "").statusCode()).isEqualTo(400);
    assertThat(join("gate", "").statusCode()).isEqualTo(200);

    client.post(
        "http",
        "/UntagResource",
        "{'ResourceARN':'%s','TagKeyList':['kvslocal:fault']}".formatted(door));

    assertThat(join("door", "").statusCode()).isEqualTo(200);
    assertThat(bench.emulator.faults().list()).isEmpty();
  }

  @Test
  void tagThatIsNotUnderstoodIsRefusedAndNotKept() throws Exception {
    HttpResponse<String> answer = tag("explode");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("'explode' is no fault");
    assertThat(
            client
                .post("http", "/ListTagsForResource", "{'ResourceARN':'%s'}".formatted(door))
                .body())
        .doesNotContain("kvslocal:fault");
  }

  @Test
  void rulesAreAddedListedAndRemovedOverHttp() throws Exception {
    HttpResponse<String> added =
        client.post(
            "http", PATH, "{'fault':'latency=1ms','channel':'door','count':2,'ttl':'PT1M'}");
    describe("door");
    describe("gate");

    JsonNode rule = Client.json(client.get("http", PATH)).at("/rules/0");

    assertThat(added.statusCode()).isEqualTo(200);
    assertThat(rule.path("id").asText()).isEqualTo("1");
    assertThat(rule.path("fault").asText()).isEqualTo("latency=1ms");
    assertThat(rule.path("rule").asText()).isEqualTo("latency=1ms channel=door count=2 ttl=60s");
    assertThat(rule.path("struck").asInt()).isEqualTo(1);
    assertThat(delete(PATH + "/2").statusCode()).isEqualTo(404);
    assertThat(delete(PATH + "/1").statusCode()).isEqualTo(200);
    assertThat(Client.json(client.get("http", PATH)).path("rules")).isEmpty();
  }

  @Test
  void allRulesAreRemovedAtOnce() throws Exception {
    bench.emulator.faults().add(FaultRule.of(new Fault.Latency(Duration.ofMillis(1))));
    bench.emulator.faults().next(new Fault.GoAway());

    assertThat(delete(PATH).statusCode()).isEqualTo(200);

    assertThat(bench.emulator.faults().list()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | no member 'fault'",
        "{'fault':'explode'} | 'explode' is no fault",
        "{'fault':'latency=1s','chanel':'door'} | 'chanel' is no member",
        "{'fault':'latency=1s','channel':'a b'} | empty or has spaces",
        "{'fault':'latency=1s count=1','count':2} | two values of count"
      })
  void ruleThatIsNotUnderstoodIsSaidSo(String body, String complaint) throws Exception {
    HttpResponse<String> answer = client.post("http", PATH, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Client.json(answer).path("message").asText()).contains(complaint);
  }

  @Test
  void textThatIsNotUnderstoodIsRefusedInTheSameProcess() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bench.emulator.faults().add("explode"))
        .withMessageContaining("'explode' is no fault");
  }

  @Test
  void openSocketIsSentAwayAndClosedAfterItsGrace() throws Exception {
    TestSocket socket = open("door", "");
    TestSocket other = open("gate", "");
    bench.log.await("the signaling socket is open", "gate");

    bench.emulator.faults().add("go-away channel=door");
    assertThat(socket.next()).isEqualTo("{\"messageType\":\"GO_AWAY\"}");
    bench.emulator.clock().advance(Duration.ofMinutes(1));

    assertThat(socket.next()).startsWith("close 1001");
    bench.emulator.faults().add("reconnect-ice-server channel=gate");
    assertThat(other.next()).isEqualTo("{\"messageType\":\"RECONNECT_ICE_SERVER\"}");
  }

  @ParameterizedTest
  @CsvSource({"drop-socket=1011, close 1011", "drop-socket, close 1006"})
  void socketChoosesToBeDropped(String fault, String close) throws Exception {
    TestSocket other = open("gate", "");
    TestSocket socket = open("door", fault);

    assertThat(socket.next()).startsWith(close);

    open("door", "").say("x");
    assertThat(other.socket().isOutputClosed()).isFalse();
  }

  @Test
  void upgradeIsDeclinedWithTheErrorAndTheNextIsNot() throws Exception {
    assertThatThrownBy(() -> open("door", "error=AccessDeniedException"))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            e -> assertThat(e.getResponse().statusCode()).isEqualTo(403));

    assertThat(open("door", "").socket().isOutputClosed()).isFalse();
  }

  @Test
  void messageIsDeclinedByAStatusResponseIfItHasACorrelationId() throws Exception {
    TestSocket socket = open("door", "status-response=ClientLimitExceededException");

    socket.say(
        "{\"action\":\"ICE_CANDIDATE\",\"correlationId\":\"7\",\"messagePayload\":\"%s\"}"
            .formatted(TestSocket.base64("{\"candidate\":\"\"}")));

    assertThat(socket.next())
        .contains("STATUS_RESPONSE", "\"correlationId\":\"7\"", "ClientLimitExceededException");
  }

  @Test
  void candidatesComeFirstAndTheOfferTwiceForTheJoinThatChoseIt() throws Exception {
    TestSocket socket = open("door", "");

    join("door", "candidates-first and repeat-offer=1");

    assertThat(socket.next()).contains("ICE_CANDIDATE");
    String message = socket.next();
    while (message.contains("ICE_CANDIDATE")) {
      message = socket.next();
    }
    assertThat(message).contains("SDP_OFFER");
    assertThat(socket.next()).isEqualTo(message);
  }

  @Test
  void wrongFingerprintEndsTheHandshakeOfItsChannelOnly() throws Exception {
    bench.emulator.faults().add("wrong-fingerprint channel=door");
    AnswerPlan plan = new AnswerPlan(true, Setup.ACTIVE);
    try (RemoteMaster wrong = bench.join("door", plan, Clip.frames());
        RemoteMaster right = bench.join("gate", plan, Clip.frames())) {
      right.connected().get(20, TimeUnit.SECONDS);

      assertThat(wrong.ended()).succeedsWithin(20, TimeUnit.SECONDS);

      assertThat(wrong.connected()).isCompletedExceptionally();
    }
  }

  @Test
  void agentThatIgnoresChecksIsNotReachedAndOthersAre() throws Exception {
    bench.emulator.faults().add("ignore-checks channel=door");
    AnswerPlan plan = new AnswerPlan(true, Setup.ACTIVE);
    try (RemoteMaster ignored = bench.join("door", plan, Clip.frames());
        RemoteMaster right = bench.join("gate", plan, Clip.frames())) {
      right.connected().get(20, TimeUnit.SECONDS);

      assertThat(ignored.connected()).isNotDone();
    }
  }

  private HttpResponse<String> join(String channel, String header)
      throws IOException, InterruptedException {
    return post(
        "/joinStorageSession", "{'channelArn':'%s'}".formatted(client.channelArn(channel)), header);
  }

  private HttpResponse<String> create(String channel, String header)
      throws IOException, InterruptedException {
    return post("/createSignalingChannel", "{'ChannelName':'%s'}".formatted(channel), header);
  }

  private HttpResponse<String> describe(String channel) throws IOException, InterruptedException {
    return post("/describeSignalingChannel", "{'ChannelName':'%s'}".formatted(channel), "");
  }

  private HttpResponse<String> post(String path, String body, String header)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.uri("http", path))
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    return client.send(header.isEmpty() ? request : request.header("x-kvslocal-fault", header));
  }

  private HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(client.uri("http", path)).DELETE());
  }

  private HttpResponse<String> tag(String text) throws IOException, InterruptedException {
    return post(
        "/TagResource",
        "{'ResourceARN':'%s','Tags':[{'Key':'kvslocal:fault','Value':'%s'}]}".formatted(door, text),
        "");
  }

  /** A master's socket whose URL chooses a fault. */
  private TestSocket open(String channel, String fault) throws Exception {
    String chosen =
        fault.isEmpty() ? "" : "&x-kvslocal-fault=" + fault.replace("=", "%3D").replace(" ", "%20");
    return TestSocket.open(
        client.http(),
        client.uri("wss", "/master?X-Amz-ChannelARN=" + client.channelArn(channel) + chosen));
  }

  private List<String> struck() {
    return events("fault-struck");
  }

  private List<String> events(String event) {
    return bench.emulator.journal().entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .map(entry -> entry.detail())
        .toList();
  }
}
