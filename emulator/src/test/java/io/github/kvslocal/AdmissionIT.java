package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.KvsLocalOptions.QuotaProfile;
import io.github.kvslocal.api.Credentials;
import io.github.kvslocal.api.TestSigner;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, over real sockets: signatures, denials, quotas. */
class AdmissionIT {
  private static final String TOKEN = "to/ken+==";
  private static final List<Credentials> KNOWN =
      List.of(
          Credentials.parse(TestSigner.KEY + ":" + TestSigner.SECRET),
          Credentials.parse("123456789012:" + TestSigner.SECRET + ":" + TOKEN));
  private static final String DESCRIBE = "/describeSignalingChannel";
  private static final String DOOR = "{\"ChannelName\":\"door\"}";

  @TempDir private Path directory;
  private final RecordingStorage storage = new RecordingStorage();
  private final AtomicReference<Instant> policyTime =
      new AtomicReference<>(Instant.parse("2026-11-20T11:00:00Z"));
  private @Nullable KvsLocal started;

  @AfterEach
  void close() {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void signedRequestIsAnsweredWhateverItsContentType() throws Exception {
    Client client = start(strict());

    for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
      HttpResponse<String> answer = post(client, signer(), DESCRIBE, DOOR, type);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    }
  }

  @Test
  void accountAndTokenOfASignedRequestCount() throws Exception {
    Client client = start(strict());
    TestSigner account = new TestSigner("123456789012", TestSigner.SECRET, TOKEN, Instant.now());

    HttpResponse<String> answer =
        post(client, account, "/createSignalingChannel", DOOR, "application/json");

    assertThat(answer.body()).contains("arn:aws:kinesisvideo:us-west-2:123456789012:channel/door/");
  }

  @Test
  void unsignedRequestIsRefusedAsAwsDoes() throws Exception {
    Client client = start(strict());

    HttpResponse<String> answer = client.post("http", DESCRIBE, DOOR);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .contains("MissingAuthenticationTokenException");
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(Client.json(answer).path("message").asText())
        .startsWith("Missing Authentication Token");
  }

  @Test
  void whoIsNotKnownLearnsNothingOfHisBody() throws Exception {
    Client client = start(strict());

    HttpResponse<String> answer = client.post("http", DESCRIBE, "nonsense");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void wrongSecretIsRefusedWithTheStringsToCompare() throws Exception {
    Client client = start(strict());
    TestSigner wrong = new TestSigner(TestSigner.KEY, "wrong", "", Instant.now());

    HttpResponse<String> answer = post(client, wrong, DESCRIBE, DOOR, "application/json");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .contains("InvalidSignatureException");
    assertThat(Client.json(answer).path("Message").asText())
        .contains("The Canonical String for this request should have been\n'POST\n" + DESCRIBE);
  }

  @Test
  void signatureGoesByTheRealTime() throws Exception {
    Client client = start(strict());
    Instant early = Instant.now().minus(Duration.ofMinutes(6));
    TestSigner old = new TestSigner(TestSigner.KEY, TestSigner.SECRET, "", early);

    HttpResponse<String> answer = post(client, old, DESCRIBE, DOOR, "application/json");

    assertThat(Client.json(answer).path("message").asText()).startsWith("Signature expired: ");
  }

  @Test
  void presignedRequestIsAnswered() throws Exception {
    Client client = start(strict());
    String host = "localhost:" + client.uri("http", "").getPort();
    String query = signer().presignedPost(DESCRIBE, host, Map.of(), 60, DOOR);

    assertThat(client.post("http", DESCRIBE + "?" + query, DOOR).statusCode()).isEqualTo(200);
    assertThat(client.post("http", DESCRIBE + "?" + query, "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void preflightAndAdministrationNeedNoSignature() throws Exception {
    Client client = start(strict());

    HttpResponse<String> preflight =
        client.send(
            HttpRequest.newBuilder(client.uri("http", DESCRIBE))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(client.get("http", "/_kvslocal/ready").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:<port>", "localhost"})
  void presignedSocketIsOpened(String host) throws Exception {
    Client client = start(strict());
    String arn = channelArn(client);
    String signed = host.replace("<port>", "" + client.uri("http", "").getPort());
    String query = signer().presigned("/master", signed, Map.of("X-Amz-ChannelARN", arn), 299);

    WebSocket socket = connect(client, "/master?" + query);

    assertThat(socket.isOutputClosed()).isFalse();
    assertThat(storage.next()).isEqualTo("opened door master");
  }

  @Test
  void socketWithoutASignatureIsRefused() throws Exception {
    Client client = start(strict());

    assertRefused(client, "/master?X-Amz-ChannelARN=" + channelArn(client), 403);
  }

  @Test
  void urlOfTheMasterIsNoUrlOfAViewer() throws Exception {
    Client client = start(strict());
    String host = "localhost:" + client.uri("http", "").getPort();
    String query =
        signer().presigned("/master", host, Map.of("X-Amz-ChannelARN", channelArn(client)), 299);

    assertRefused(client, "/viewer?X-Amz-ClientId=ann&" + query, 403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/joinStorageSession | {'channelArn':'<arn>'} | 403 | AccessDeniedException",
        "/deleteStream | {'StreamName':'door'} | 401 | NotAuthorizedException",
        "/describeSignalingChannel | {'ChannelName':'door'} | 401 | AccessDeniedException",
        "/describeSignalingChannel | {'ChannelARN':'<arn>'} | 401 | AccessDeniedException",
        "/describeSignalingChannel | {'ChannelName':'other'} | 404 | ResourceNotFoundException",
        "/describeSignalingChannel | {'ChannelName':7} | 400 | InvalidArgumentException",
        "/v1/get-ice-server-config | {'ChannelARN':'<arn>'} | 401 | NotAuthorizedException"
      })
  void denialIsTheServicesOwn(String path, String body, int status, String code) throws Exception {
    Client client =
        start(
            options()
                .withDenied(
                    List.of(
                        "JoinStorageSession", "delete*", "kinesisvideo:Describe*:d*", "GetIce*")));

    HttpResponse<String> answer =
        client.post("http", path, body.replace("<arn>", createdArn(client)));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains(code);
  }

  @Test
  void denialKeepsOneRoleFromTheSocket() throws Exception {
    Client client = start(options().withDenied(List.of("ConnectAsViewer:door")));
    String arn = channelArn(client);

    connect(client, "/master?X-Amz-ChannelARN=" + arn);

    assertThat(storage.next()).isEqualTo("opened door master");
    assertRefused(client, "/viewer?X-Amz-ClientId=ann&X-Amz-ChannelARN=" + arn, 403);
  }

  @Test
  void unknownActionKeepsTheEmulatorFromStarting() {
    assertThatThrownBy(() -> start(options().withDenied(List.of("JoinStorageSesion"))))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith(
            "there is no action JoinStorageSesion to deny; the closest are JoinStorageSession");
  }

  @Test
  void quotaIsExceededAndRecoversWithPolicyTime() throws Exception {
    Client client = start(options().withQuotas(QuotaProfile.DOCUMENTED));
    for (int i = 0; i < 5; i++) {
      assertThat(describeStream(client).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> answer = describeStream(client);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .contains("ClientLimitExceededException");
    assertThat(answer.body()).contains("The quota of DescribeStream is 5 per second");
    policyTime.updateAndGet(time -> time.plusSeconds(1));
    assertThat(describeStream(client).statusCode()).isEqualTo(200);
  }

  @Test
  void quotaOfConnectionsHolds() throws Exception {
    Client client = start(options().withQuotas(QuotaProfile.DOCUMENTED));
    String path = "/viewer?X-Amz-ClientId=ann&X-Amz-ChannelARN=" + channelArn(client);
    for (int i = 0; i < 3; i++) {
      connect(client, path);
    }

    assertRefused(client, path, 400);
  }

  @Test
  void withoutOptionsAnythingPasses() throws Exception {
    Client client = start(options());
    TestSigner wrong = new TestSigner("nobody", "wrong", "x", Instant.EPOCH);

    for (int i = 0; i < 20; i++) {
      assertThat(post(client, wrong, "/listStreams", "{}", "application/json").statusCode())
          .isNotEqualTo(403);
      assertThat(describeStream(client).statusCode()).isEqualTo(200);
    }
  }

  private KvsLocalOptions options() {
    InstantSource clock = policyTime::get;
    return KvsLocalOptions.defaults()
        .withPort(0)
        .withDataDirectory(directory)
        .withOwner("000000000000", "us-west-2")
        .withChannels(List.of("door"))
        .withClock(clock);
  }

  private KvsLocalOptions strict() {
    return options().withRequiredSignatures(KNOWN);
  }

  private Client start(KvsLocalOptions options) throws Exception {
    KvsLocal emulator = KvsLocal.start(options, running -> new FakeMediaStack(running, storage));
    started = emulator;
    return new Client(emulator);
  }

  private static TestSigner signer() {
    return new TestSigner(TestSigner.KEY, TestSigner.SECRET, "", Instant.now());
  }

  private static HttpResponse<String> post(
      Client client, TestSigner signer, String path, String body, String type) throws Exception {
    String host = "localhost:" + client.uri("http", "").getPort();
    Map<String, String> headers =
        new HashMap<>(
            signer.headers("POST", path, Map.of("host", host, "content-type", type), body));
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(client.uri("http", path))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return client.send(request);
  }

  private static HttpResponse<String> describeStream(Client client) throws Exception {
    return client.post("http", "/describeStream", "{'StreamName':'door'}");
  }

  private String channelArn(Client client) throws Exception {
    return Client.json(post(client, signer(), DESCRIBE, DOOR, "application/json"))
        .at("/ChannelInfo/ChannelARN")
        .asText();
  }

  private static String createdArn(Client client) throws Exception {
    return Client.json(client.post("http", "/createSignalingChannel", "{'ChannelName':'denied'}"))
        .path("ChannelARN")
        .asText();
  }

  private static WebSocket connect(Client client, String rest) {
    return client
        .http()
        .newWebSocketBuilder()
        .connectTimeout(Duration.ofSeconds(10))
        .buildAsync(client.uri("wss", rest), new WebSocket.Listener() {})
        .join();
  }

  private static void assertRefused(Client client, String rest, int status) {
    assertThatThrownBy(() -> connect(client, rest))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            failure -> assertThat(failure.getResponse().statusCode()).isEqualTo(status));
  }
}
