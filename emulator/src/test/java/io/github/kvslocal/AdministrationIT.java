package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.http.RawRoute;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a test asks of the emulator itself, who may, and that the description says so. */
class AdministrationIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MasterBench bench;

  @BeforeEach
  void start() throws Exception {
    bench =
        new MasterBench(
            KvsLocalOptions.defaults().withEphemeral(true).withChannels(List.of("door")));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void descriptionNamesEveryRouteAndNoOther() throws Exception {
    JsonNode described = description();

    TreeSet<String> paths = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : described.path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(method -> paths.add(method + " " + path.getKey()));
    }

    TreeSet<String> routes = new TreeSet<>();
    for (RawRoute route : bench.emulator.administration()) {
      routes.add(
          route.method().name().toLowerCase(Locale.ROOT)
              + " "
              + route.path().replaceAll(":([a-z]+)", "{$1}"));
    }
    assertThat(paths).isEqualTo(routes);
  }

  @Test
  void descriptionNamesEveryVariableOfEveryPath() throws Exception {
    for (Map.Entry<String, JsonNode> path : description().path("paths").properties()) {
      for (JsonNode operation : path.getValue()) {
        List<String> named = new ArrayList<>();
        operation
            .path("parameters")
            .forEach(
                each -> {
                  if (each.path("in").asText().equals("path")) {
                    named.add("{" + each.path("name").asText() + "}");
                  }
                });
        assertThat(named).allMatch(path.getKey()::contains);
        assertThat(named).hasSize(path.getKey().split("\\{", -1).length - 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get | /_kvslocal/health | /_kvslocal/health | ",
        "get | /_kvslocal/ready | /_kvslocal/ready | ",
        "get | /_kvslocal/openapi.json | /_kvslocal/openapi.json | ",
        "get | /_kvslocal/operations | /_kvslocal/operations | ",
        "get | /_kvslocal/clock | /_kvslocal/clock | ",
        "get | /_kvslocal/sessions | /_kvslocal/sessions | ",
        "get | /_kvslocal/network | /_kvslocal/network | ",
        "get | /_kvslocal/journal | /_kvslocal/journal | ",
        "get | /_kvslocal/journal | /_kvslocal/journal?channel=none | ",
        "get | /_kvslocal/journal | /_kvslocal/journal?limit=no | ",
        "get | /_kvslocal/faults | /_kvslocal/faults | ",
        "post | /_kvslocal/faults | /_kvslocal/faults | {'fault':'go-away','ttl':'PT1M'}",
        "post | /_kvslocal/faults | /_kvslocal/faults | {'fault':'what'}",
        "get | /_kvslocal/streams/{name}/fragments | /_kvslocal/streams/door/fragments | ",
        "get | /_kvslocal/streams/{name}/fragments | /_kvslocal/streams/none/fragments | ",
        "get | /_kvslocal/streams/{name}/recording.mkv | /_kvslocal/streams/no/recording.mkv | ",
        "post | /_kvslocal/clock | /_kvslocal/clock | {'mode':'frozen','advance':'PT3M'}",
        "post | /_kvslocal/clock | /_kvslocal/clock | {'mode':'backwards'}",
        "post | /_kvslocal/reset | /_kvslocal/reset | {}"
      })
  void answersAreLikeTheirDescription(String method, String template, String path, String body)
      throws Exception {
    JsonNode document = description();
    try (RemoteViewer ann = bench.joinAsViewer("door", "ann", Clip.frames())) {
      ann.connected().get(20, TimeUnit.SECONDS);
      bench.log.await("media can flow", "door");

      HttpResponse<String> answer =
          method.equals("get")
              ? bench.client.get("http", path)
              : bench.client.post("http", path, body);

      JsonNode described =
          document
              .path("paths")
              .path(template)
              .path(method)
              .path("responses")
              .path(String.valueOf(answer.statusCode()));
      assertThat(described.isMissingNode()).as("status %d", answer.statusCode()).isFalse();
      JsonNode schema = described.path("content").path("application/json").path("schema");
      assertThat(new SchemaCheck(document).complaints(schema, Client.json(answer), "")).isEmpty();
    }
  }

  @Test
  void sessionsTellWhoIsInThemAndTheNetworkOverWhichAddresses() throws Exception {
    try (RemoteViewer ann = bench.joinAsViewer("door", "ann", Clip.frames())) {
      ann.connected().get(20, TimeUnit.SECONDS);
      bench.log.await("media can flow", "door");

      JsonNode peer = get("/_kvslocal/sessions").at("/sessions/0/peers/0");
      JsonNode connection = get("/_kvslocal/network").at("/connections/0");

      assertThat(peer.path("participant").asText()).contains("ann");
      assertThat(peer.path("state").asText()).isIn("connected", "media");
      assertThat(peer.path("stream").asText()).contains(":stream/door/");
      assertThat(connection.path("local").asText())
          .contains(String.valueOf(bench.emulator.endpoint().getPort()));
      assertThat(connection.path("remote").asText()).isNotEmpty();
    }
  }

  @Test
  void whoWasNotYetOfferedIsOnlyJoined() throws Exception {
    bench.client.post(
        "http",
        "/joinStorageSessionAsViewer",
        "{'channelArn':'%s','clientId':'ann'}".formatted(bench.client.channelArn("door")));

    assertThat(get("/_kvslocal/sessions").at("/sessions/0/peers/0/state").asText())
        .isEqualTo("joined");
    assertThat(get("/_kvslocal/network").at("/connections/0").has("remote")).isFalse();
  }

  @Test
  void nobodyIsInASessionAtFirst() throws Exception {
    assertThat(get("/_kvslocal/sessions").path("sessions")).isEmpty();
    assertThat(get("/_kvslocal/network").path("candidates")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clock",
        "sessions",
        "network",
        "operations",
        "streams/door/fragments",
        "streams/door/recording.mkv"
      })
  void pageOfElsewhereIsRefusedWithWhatToDo(String what) throws Exception {
    HttpResponse<String> answer = from("https://evil.example", what);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("AccessDeniedException");
    assertThat(Client.json(answer).path("message").asText()).contains("localhost");
  }

  @ParameterizedTest
  @ValueSource(strings = {"health", "ready", "ca.pem", "openapi.json"})
  void whatIsOpenToAllIsOpenToPagesOfElsewhere(String what) throws Exception {
    assertThat(from("https://evil.example", what).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"clock, 403", "sessions, 403", "health, 200", "ca.pem, 200"})
  void otherAddressThanLoopbackMayAskForWhatIsOpenAlone(String what, int status) throws Exception {
    HttpResponse<String> answer = fromOutside(bench, what);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body().contains("--admin-remote")).isEqualTo(status == 403);
  }

  @Test
  void otherAddressMayAskWhereThatWasAskedFor() throws Exception {
    try (MasterBench open =
        new MasterBench(KvsLocalOptions.defaults().withEphemeral(true).withAdminRemote(true))) {
      assertThat(fromOutside(open, "clock").statusCode()).isEqualTo(200);
    }
  }

  /** Over an address of this machine that is not loopback, as from another machine. */
  private static HttpResponse<String> fromOutside(MasterBench bench, String what) throws Exception {
    Optional<InetAddress> outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> each instanceof Inet4Address && !each.isLoopbackAddress())
            .findFirst();
    assumeThat(outside).as("an address that is not loopback").isPresent();
    return bench.client.send(
        HttpRequest.newBuilder(
            URI.create(
                "http://%s:%d/_kvslocal/%s"
                    .formatted(
                        outside.orElseThrow().getHostAddress(),
                        bench.emulator.endpoint().getPort(),
                        what))));
  }

  private HttpResponse<String> from(String origin, String what) throws Exception {
    return bench.client.send(
        HttpRequest.newBuilder(bench.client.uri("http", "/_kvslocal/" + what))
            .header("Origin", origin));
  }

  private JsonNode description() throws Exception {
    return JSON.readTree(bench.client.get("http", "/_kvslocal/openapi.json").body());
  }

  private JsonNode get(String path) throws Exception {
    return Client.json(bench.client.get("http", path));
  }
}
