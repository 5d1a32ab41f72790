package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlPlaneIT {
  @TempDir private Path directory;
  private final RecordingStorage storage = new RecordingStorage();
  private KvsLocal emulator;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    emulator = KvsLocal.start(options(), running -> new FakeMediaStack(running, storage));
    client = new Client(emulator);
  }

  private KvsLocalOptions options() {
    return KvsLocalOptions.defaults()
        .withPort(0)
        .withDataDirectory(directory)
        .withChannels(List.of("door", "bug"));
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void channelIsCreatedDescribedMappedAndFound() throws Exception {
    String channel =
        Client.json(client.post("http", "/createSignalingChannel", "{'ChannelName':'gate'}"))
            .path("ChannelARN")
            .asText();
    String stream =
        Client.json(
                client.post(
                    "https",
                    "/createStream",
                    "{'StreamName':'gate','DataRetentionInHours':2,'MediaType':'video/h264'}"))
            .path("StreamARN")
            .asText();
    HttpResponse<String> mapped =
        client.post(
            "http",
            "/updateMediaStorageConfiguration",
            "{'ChannelARN':'%s','MediaStorageConfiguration':{'Status':'ENABLED','StreamARN':'%s'}}"
                .formatted(channel, stream));

    JsonNode configuration =
        Client.json(
            client.post("http", "/describeMediaStorageConfiguration", "{'ChannelName':'gate'}"));
    JsonNode described =
        Client.json(client.post("http", "/describeStream", "{'StreamARN':'" + stream + "'}"));

    assertThat(mapped.body()).isEqualTo("{}");
    assertThat(configuration.at("/MediaStorageConfiguration/Status").asText()).isEqualTo("ENABLED");
    assertThat(configuration.at("/MediaStorageConfiguration/StreamARN").asText()).isEqualTo(stream);
    assertThat(described.at("/StreamInfo/DataRetentionInHours").asInt()).isEqualTo(2);
    assertThat(described.at("/StreamInfo/Status").asText()).isEqualTo("ACTIVE");
    assertThat(described.at("/StreamInfo/CreationTime").isNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'StreamARN':null", ",'StreamARN':'%s'"})
  void storageIsSwitchedOffWhateverTheStreamArn(String member) throws Exception {
    String stream =
        Client.json(client.post("http", "/describeStream", "{'StreamName':'door'}"))
            .at("/StreamInfo/StreamARN")
            .asText();
    String channel = client.channelArn("door");

    HttpResponse<String> answer =
        client.post(
            "http",
            "/updateMediaStorageConfiguration",
            "{'ChannelARN':'"
                + channel
                + "','MediaStorageConfiguration':{'Status':'DISABLED'"
                + member.formatted(stream)
                + "}}");

    assertThat(answer.statusCode()).isEqualTo(200);
    HttpResponse<String> endpoints =
        client.post(
            "http",
            "/getSignalingChannelEndpoint",
            ("{'ChannelARN':'%s','SingleMasterChannelEndpointConfiguration':"
                    + "{'Protocols':['WEBRTC'],'Role':'MASTER'}}")
                .formatted(channel));
    assertThat(Client.json(endpoints).path("message").asText())
        .isEqualTo("MediaStorageConfiguration is required for WEBRTC protocol");
  }

  @ParameterizedTest
  @CsvSource({"http, MASTER, /master", "https, VIEWER, /viewer"})
  void endpointsAreThoseByWhichTheClientCame(String scheme, String role, String path)
      throws Exception {
    HttpResponse<String> answer =
        client.post(
            scheme,
            "/getSignalingChannelEndpoint",
            ("{'ChannelARN':'%s','SingleMasterChannelEndpointConfiguration':"
                    + "{'Protocols':['WSS','HTTPS','WEBRTC'],'Role':'%s'}}")
                .formatted(client.channelArn("door"), role));

    JsonNode list = Client.json(answer).path("ResourceEndpointList");
    assertThat(list.at("/0/ResourceEndpoint").asText())
        .isEqualTo(client.uri("wss", path).toString());
    assertThat(list.at("/1/ResourceEndpoint").asText())
        .isEqualTo(client.uri(scheme, "").toString());
    assertThat(list.at("/2/Protocol").asText()).isEqualTo("WEBRTC");
  }

  @Test
  void iceServersAreNeverNone() throws Exception {
    HttpResponse<String> answer =
        client.post(
            "http",
            "/v1/get-ice-server-config",
            "{'ChannelARN':'" + client.channelArn("door") + "','ClientId':'ann'}");

    JsonNode server = Client.json(answer).at("/IceServerList/0");
    assertThat(server.at("/Uris/0").asText())
        .isEqualTo("stun:localhost:" + emulator.endpoint().getPort());
    assertThat(server.path("Ttl").asInt()).isGreaterThan(30);
  }

  @Test
  void joinIsHandedOnAndAnsweredWithoutABody() throws Exception {
    String channel = client.channelArn("door");

    HttpResponse<String> answer =
        client.post("https", "//joinStorageSession", "{'channelArn':'" + channel + "'}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("content-length")).contains("0");
    assertThat(storage.next()).isEqualTo("join door master");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/joinStorageSession", "/joinStorageSessionAsViewer"})
  void joinWithAClientIdIsAViewers(String path) throws Exception {
    String channel = client.channelArn("door");

    client.post("http", path, "{'channelArn':'" + channel + "','clientId':'ann'}");

    assertThat(storage.next()).isEqualTo("join door viewer ann");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/createSignalingChannel|{'ChannelName':'door'}|400|ResourceInUseException",
        "/createSignalingChannel|{}|400|InvalidArgumentException",
        "/createSignalingChannel|{|400|SerializationException",
        "/createSignalingChannel|[]|400|SerializationException",
        "/describeSignalingChannel|{'ChannelName':'cellar'}|404|ResourceNotFoundException",
        "/describeSignalingChannel||400|InvalidArgumentException",
        "/joinStorageSession|{'channelArn':'x'}|400|InvalidArgumentException",
        "/joinStorageSession|{'channelArn':"
            + "'arn:aws:kinesisvideo:us-east-1:000000000000:channel/no/1795161600123'}"
            + "|404|ResourceNotFoundException",
        "/getMedia|{}|400|InvalidArgumentException",
        "/nonsense|{}|404|UnknownOperationException"
      })
  void refusalIsReadableByEverySdk(String path, String body, int status, String code)
      throws Exception {
    HttpResponse<String> answer = client.post("http", path, body == null ? "" : body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains(code);
    assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    assertThat(Client.json(answer).path("message").asText())
        .isNotEmpty()
        .isEqualTo(Client.json(answer).path("Message").asText());
  }

  @Test
  void ourOwnBugIsAModelledErrorAndTheNextRequestWorks() throws Exception {
    HttpResponse<String> answer =
        client.post(
            "http", "/joinStorageSession", "{'channelArn':'" + client.channelArn("bug") + "'}");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("InternalFailure");
    assertThat(client.get("http", "/_kvslocal/health").statusCode()).isEqualTo(200);
  }

  @Test
  void preflightAllowsWhatTheBrowserAsksFor() throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(client.uri("http", "/createStream"))
                .header("Access-Control-Request-Headers", "authorization,amz-sdk-request")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Access-Control-Allow-Headers"))
        .contains("authorization,amz-sdk-request");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
        .contains("POST");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tenMegabytesAreRefusedAndTheNextRequestWorks(boolean lengthKnown) throws Exception {
    byte[] body = new byte[10 * 1024 * 1024];
    HttpRequest.BodyPublisher publisher =
        lengthKnown
            ? HttpRequest.BodyPublishers.ofByteArray(body)
            : HttpRequest.BodyPublishers.ofByteArrays(List.of(body));

    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(client.uri("http", "/createStream")).POST(publisher));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(client.get("http", "/_kvslocal/health").statusCode()).isEqualTo(200);
  }

  @Test
  void dateIsRight() throws Exception {
    HttpResponse<String> answer = client.get("http", "/_kvslocal/ready");

    String date = answer.headers().firstValue("Date").orElseThrow();
    assertThat(
            Duration.between(
                    ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME),
                    ZonedDateTime.now(ZoneOffset.UTC))
                .abs())
        .isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void authorityIsHandedOut() throws Exception {
    HttpResponse<String> answer = client.get("http", "/_kvslocal/ca.pem");

    assertThat(answer.body()).startsWith("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void credentialTellsTheRegion() throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(client.uri("http", "/createStream"))
                .header(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=AKID/20261120/eu-west-1/kinesisvideo/aws4_request,"
                        + " SignedHeaders=host, Signature=00")
                .POST(HttpRequest.BodyPublishers.ofString("{\"StreamName\":\"far\"}")));

    assertThat(answer.body()).contains("arn:aws:kinesisvideo:eu-west-1:000000000000:stream/far/");
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    String before = client.channelArn("door");
    client.post("http", "/createStream", "{'StreamName':'attic'}");
    emulator.close();

    emulator = KvsLocal.start(options(), running -> new FakeMediaStack(running, storage));

    client = new Client(emulator);
    assertThat(client.channelArn("door")).isEqualTo(before);
    assertThat(client.post("https", "/describeStream", "{'StreamName':'attic'}").statusCode())
        .isEqualTo(200);
  }

  @Test
  void nobodyComesInWhileTheSessionsEnd() throws Exception {
    emulator.close();
    AtomicBoolean answered = new AtomicBoolean();
    emulator =
        KvsLocal.start(
            options(),
            running ->
                new FakeMediaStack(running, storage) {
                  @Override
                  public void close() {
                    try {
                      answered.set(client.get("http", "/_kvslocal/health").statusCode() == 200);
                    } catch (IOException | InterruptedException e) {
                      answered.set(false);
                    }
                  }
                });
    client = new Client(emulator);
    assertThat(client.get("http", "/_kvslocal/health").statusCode()).isEqualTo(200);

    emulator.close();

    assertThat(answered).isFalse();
  }

  @Test
  void bytesThatAreNeitherHttpNorTlsHarmNobody() throws Exception {
    try (Socket socket = new Socket("localhost", emulator.endpoint().getPort())) {
      socket.getOutputStream().write(new byte[] {22, 3, 1, (byte) 0xff, (byte) 0xff, 9, 9});
    }
    try (Socket socket = new Socket("localhost", emulator.endpoint().getPort())) {
      socket
          .getOutputStream()
          .write("\u0000\u0001 nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(client.get("https", "/_kvslocal/health").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]"})
  void addressInPlaceOfANameIsCertifiedToo(String host) throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(
                URI.create(
                    "https://"
                        + host
                        + ":"
                        + emulator.endpoint().getPort()
                        + "/_kvslocal/health")));

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void portForTlsAloneHangsUpOnPlainHttp() throws Exception {
    emulator.close();

    emulator =
        KvsLocal.start(options().withTlsPort(0), running -> new FakeMediaStack(running, storage));

    int port = emulator.tlsPort().orElseThrow();
    client = new Client(emulator);
    HttpResponse<String> secure =
        client.send(
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/_kvslocal/health")));
    assertThat(secure.statusCode()).isEqualTo(200);
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo(-1);
    }
  }
}
