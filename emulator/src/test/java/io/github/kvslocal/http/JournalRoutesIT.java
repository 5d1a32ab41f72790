package io.github.kvslocal.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.api.AccessRules;
import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.Quotas;
import io.github.kvslocal.channel.ChannelArn;
import io.github.kvslocal.channel.Participant;
import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.journal.JournalEntry;
import io.github.kvslocal.journal.JournalQuery;
import io.github.kvslocal.journal.Origin;
import io.github.kvslocal.runtime.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalRoutesIT {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final ChannelArn DOOR =
      new ChannelArn("aws", "us-east-1", "000000000000", "door", 1_700_000_000_000L);

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Journal journal = new Journal();
  private final List<Socket> sockets = new ArrayList<>();
  private int port;

  @BeforeEach
  void start() throws Exception {
    InstantSource clock = InstantSource.fixed(NOW);
    Admission admission =
        new Admission(
            new Caller("000000000000", "us-east-1"),
            Admission.SignatureCheck.NONE,
            AccessRules.parse(List.of(), List.of()),
            Quotas.off(),
            new Admission.Clocks(clock, clock));
    HttpApi api =
        new HttpApi(
            vertx,
            List.of(),
            new JournalRoutes(journal, vertx).routes(),
            new HttpApi.Setting(
                clock,
                new Random(1),
                admission,
                "",
                Future::succeededFuture,
                journal,
                new Faults(journal)));
    port =
        vertx
            .createHttpServer()
            .requestHandler(api::handle)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)
            .actualPort();
  }

  @AfterEach
  void close() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void anEntryIsTold() throws Exception {
    write(Event.ICE_CONNECTED, Map.of("local", "here"));

    JsonNode answer = json(get("?channel=door&client=master&event=ice-connected"));

    JsonNode entry = answer.path("entries").path(0);
    assertThat(Duration.parse(entry.path("elapsed").asText())).isPositive();
    assertThat(entry.toString().replaceFirst("\"elapsed\":\"\\w+(\\.\\w+)?\"", "elapsed"))
        .isEqualTo(
            """
            {"number":1,"at":"2026-11-20T12:00:00Z",elapsed,"event":"ice-connected",\
            "channel":"door",\
            "channelArn":"arn:aws:kinesisvideo:us-east-1:000000000000:channel/door/1700000000000",\
            "client":"master","session":"session-1","peer":"","detail":"detail",\
            "facts":{"local":"here"}}""");
    assertThat(answer.path("next").asLong()).isEqualTo(1);
    assertThat(answer.path("gap").asBoolean(true)).isFalse();
    assertThat(answer.has("nearMisses")).isFalse();
  }

  @Test
  void whatIsNotThereIsExplained() throws Exception {
    write(Event.JOINED, Map.of());

    JsonNode answer = json(get("?channel=door&event=connected"));

    assertThat(answer.path("entries")).isEmpty();
    assertThat(answer.path("nearMisses").asText())
        .contains("#1 joined")
        .contains("event is joined");
  }

  @Test
  void aWaitEndsWhenSomethingComes() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting = ask("?event=connected&wait=PT60S");
    // Behind it on a loop that takes turns, if it was sent first; if not, it need not wait.
    write(Event.JOINED, Map.of());
    assertThat(json(get("?event=joined")).path("entries")).hasSize(1);

    write(Event.CONNECTED, Map.of());

    JsonNode answer = json(waiting.get(20, TimeUnit.SECONDS));
    assertThat(answer.path("entries").path(0).path("event").asText()).isEqualTo("connected");
  }

  @Test
  void aWaitThatIsOverIsAnsweredWithNothing() throws Exception {
    JsonNode answer = json(get("?event=connected&wait=PT0.05S"));

    assertThat(answer.path("entries")).isEmpty();
    assertThat(answer.path("nearMisses").asText()).startsWith("The journal is empty");
  }

  @Test
  void askingOnFromNextLeavesNothingOut() throws Exception {
    for (int i = 0; i < 5; i++) {
      write(i % 2 == 0 ? Event.JOINED : Event.MESSAGE_SENT, Map.of());
    }
    List<Long> numbers = new ArrayList<>();
    long after = 0;

    for (int page = 0; page < 3; page++) {
      JsonNode answer = json(get("?limit=2&after=" + after));
      answer.path("entries").forEach(entry -> numbers.add(entry.path("number").asLong()));
      after = answer.path("next").asLong();
    }

    assertThat(numbers).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void entriesThatHadToMakeRoomAreAGap() throws Exception {
    for (int i = 0; i < 10_010; i++) {
      write(Event.JOINED, Map.of());
    }

    assertThat(json(get("?after=5&limit=1")).path("gap").asBoolean()).isTrue();
    assertThat(json(get("?after=10&limit=1")).path("gap").asBoolean(true)).isFalse();
  }

  @Test
  void aBadParameterIsAnError() throws Exception {
    HttpResponse<String> answer = get("?wait=long");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("InvalidArgumentException").contains("PT60S");
  }

  @Test
  void tooManyThatWaitAreRefusedAndWhoeverHangsUpMakesRoom() throws Exception {
    for (int i = 0; i < JournalRoutes.MOST_WAITING; i++) {
      hold();
    }
    assertThat(untilStatus(503)).contains("ServiceUnavailableException");

    sockets.remove(0).close();

    assertThat(untilStatus(200)).contains("\"entries\":[]");
  }

  @Test
  void readingTheJournalIsNotWrittenIntoIt() throws Exception {
    get("");
    get("");

    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void aRequestForNoOperationIsWrittenBeforeItIsAnswered() throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/nothing")).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(journal.entries(JournalQuery.of(Event.REQUEST)))
        .singleElement()
        .extracting(JournalEntry::facts)
        .isEqualTo(Map.of("status", "404", "error", "UnknownOperationException"));
  }

  /** A request that waits for what never comes. */
  private void hold() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(socket);
    socket
        .getOutputStream()
        .write(
            "GET /_kvslocal/journal?event=connected&wait=PT60S HTTP/1.1\r\nHost: a\r\n\r\n"
                .getBytes(US_ASCII));
  }

  /** Asks until the emulator has seen what the sockets did. */
  private String untilStatus(int status) throws Exception {
    HttpResponse<String> answer = get("?event=connected&wait=PT0.01S");
    for (int round = 0; round < 500 && answer.statusCode() != status; round++) {
      answer = get("?event=connected&wait=PT0.01S");
    }
    assertThat(answer.statusCode()).isEqualTo(status);
    return answer.body();
  }

  private void write(Event event, Map<String, String> facts) {
    journal.write(NOW, Origin.of(DOOR, "session-1").of(Participant.MASTER), event, "detail", facts);
  }

  private HttpResponse<String> get(String query) throws Exception {
    return ask(query).get(20, TimeUnit.SECONDS);
  }

  private CompletableFuture<HttpResponse<String>> ask(String query) {
    URI uri = URI.create("http://127.0.0.1:" + port + "/_kvslocal/journal" + query);
    return client.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
