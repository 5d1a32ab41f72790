package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.peer.PeerEnd;
import io.github.kvslocal.testpeer.RemoteViewer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Policy time as its users move it: over HTTP and in the JVM. */
class ClockIT {
  private static final String PATH = "/_kvslocal/clock";

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
  void clockTellsTheTimeAndThatNothingWaits() throws Exception {
    Instant before = Instant.now();

    JsonNode told = Client.json(bench.client.get("http", PATH));

    assertThat(Instant.parse(told.path("now").asText())).isBetween(before, Instant.now());
    assertThat(told.path("offset").asText()).isEqualTo("PT0S");
    assertThat(told.path("waitingCount").asInt(-1)).isZero();
    assertThat(told.path("waiting")).isEmpty();
  }

  @Test
  void clockTellsWhatWaitsForItInOrder() throws Exception {
    join("ann");

    JsonNode told = Client.json(bench.client.get("http", PATH));

    assertThat(what(told))
        .containsSubsequence(
            "the viewers, whom no master serves, are evicted",
            "the session has had its length and ends for all");
    assertThat(told.path("waiting"))
        .isNotEmpty()
        .allSatisfy(
            each ->
                assertThat(each.path("channel").asText())
                    .isEqualTo(bench.client.channelArn("door")));
  }

  @Test
  void viewerIsEvictedWhileTheCallIsAnsweredAndItsSeatIsHeld() throws Exception {
    try (RemoteViewer ann = bench.joinAsViewer("door", "ann", Clip.frames())) {
      ann.connected().get(20, TimeUnit.SECONDS);
      // Ann knows it first: who is sent away before the emulator knows it, too, hears no goodbye.
      bench.log.await("media can flow", "door");

      HttpResponse<String> moved = advance("PT3M");

      assertThat(moved.statusCode()).isEqualTo(200);
      assertThat(Client.json(moved).path("offset").asText()).isEqualTo("PT3M");
      assertThat(what(Client.json(moved))).contains("the seat of viewer ann becomes free");
      assertThat(ann.ended()).succeedsWithin(1, TimeUnit.SECONDS).isEqualTo(PeerEnd.REMOTE_CLOSED);
    }
  }

  @Test
  void oneAdvanceRunsWhatFollowsFromWhatItRan() throws Exception {
    join("ann");

    JsonNode told = Client.json(advance("PT5M"));

    assertThat(events()).containsSubsequence("joined", "evicted", "seat-held", "seat-freed");
    assertThat(told.path("waitingCount").asInt(-1)).isZero();
    Instant evicted = at("evicted");
    assertThat(Duration.between(evicted, at("seat-freed")))
        .isBetween(Duration.ofSeconds(59), Duration.ofSeconds(61));
  }

  @Test
  void clockCanBeMovedInTheSameProcess() throws Exception {
    join("ann");
    Instant before = bench.emulator.clock().now();

    bench.emulator.clock().advance(Duration.ofMinutes(3));

    assertThat(events()).contains("evicted");
    assertThat(Duration.between(before, bench.emulator.clock().now()))
        .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
  }

  @Test
  void clockIsNotMovedBack() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bench.emulator.clock().advance(Duration.ofSeconds(-1)))
        .withMessageContaining("forward only");
  }

  @Test
  void clockThatHasEndedIsNotMoved() {
    bench.emulator.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> bench.emulator.clock().advance(Duration.ofSeconds(1)))
        .withMessageContaining("emulator ends");
  }

  @Test
  void credentialsOfRelaysGoByTheMovedClock() throws Exception {
    long before = expiry();

    advance("PT1H");

    assertThat(expiry() - before).isBetween(3_600L, 3_660L);
  }

  @Test
  void dateOfAnAnswerIsTheMachinesWhateverTheClockSays() throws Exception {
    HttpResponse<String> before = bench.client.get("http", PATH);

    HttpResponse<String> moved = advance("P366D");

    assertThat(year(moved)).isIn(year(before), year(bench.client.get("http", PATH)));
    assertThat(Client.json(moved).path("now").asText().substring(0, 4)).isNotEqualTo(year(moved));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | no member 'advance'",
        "{'advance':null} | no member 'advance'",
        "{'advance':'PT3M','by':1} | 'by' is no member",
        "{'Advance':'PT3M'} | 'Advance' is no member",
        "{'advance':180} | no ISO 8601 duration",
        "{'advance':'3 minutes'} | no ISO 8601 duration",
        "{'advance':''} | no ISO 8601 duration",
        "{'advance':'P1M'} | no ISO 8601 duration",
        "{'advance':'PT99999999999999999999999S'} | no ISO 8601 duration"
      })
  void bodyThatIsNotUnderstoodIsToldWhatItShouldBeLike(String body, String complaint)
      throws Exception {
    HttpResponse<String> answer = bench.client.post("http", PATH, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType"))
        .contains("InvalidArgumentException");
    assertThat(Client.json(answer).path("message").asText())
        .contains("{\"advance\":\"PT3M\"}")
        .contains(complaint);
  }

  @ParameterizedTest
  @CsvSource({"PT0S, forward only", "-PT3M, forward only", "P3651D, 3650 days in all"})
  void durationThatIsNoneToAdvanceByIsRefused(String by, String complaint) throws Exception {
    HttpResponse<String> answer = advance(by);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Client.json(answer).path("message").asText()).contains(complaint);
  }

  @Test
  void bodyThatIsNoJsonIsSaidSo() throws Exception {
    HttpResponse<String> answer = bench.client.post("http", PATH, "PT3M");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("SerializationException");
  }

  private HttpResponse<String> advance(String by) throws Exception {
    return bench.client.post("http", PATH, "{'advance':'" + by + "'}");
  }

  private void join(String viewer) throws Exception {
    HttpResponse<String> joined =
        bench.client.post(
            "http",
            "/joinStorageSessionAsViewer",
            "{'channelArn':'%s','clientId':'%s'}"
                .formatted(bench.client.channelArn("door"), viewer));
    assertThat(joined.statusCode()).isEqualTo(200);
  }

  private long expiry() throws Exception {
    HttpResponse<String> answer =
        bench.client.post(
            "http",
            "/v1/get-ice-server-config",
            "{'ChannelARN':'" + bench.client.channelArn("door") + "'}");
    String name = Client.json(answer).at("/IceServerList/0/Username").asText();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  private List<String> events() {
    return bench.emulator.journal().entries().stream().map(entry -> entry.event().text()).toList();
  }

  private Instant at(String event) {
    return bench.emulator.journal().entries().stream()
        .filter(entry -> entry.event().text().equals(event))
        .findFirst()
        .orElseThrow()
        .at();
  }

  private static String year(HttpResponse<String> answer) {
    return answer.headers().firstValue("Date").orElse("").replaceAll(".* (\\d{4}) .*", "$1");
  }

  private static List<String> what(JsonNode told) {
    List<String> what = new ArrayList<>();
    told.path("waiting").forEach(each -> what.add(each.path("what").asText()));
    return what;
  }
}
