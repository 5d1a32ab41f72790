package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.runtime.ClockPace.Mode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways in which policy time goes, over HTTP and in the JVM. */
class ClockModesIT {
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
  void clockIsRealAtFirst() throws Exception {
    JsonNode told = Client.json(bench.client.get("http", PATH));

    assertThat(told.path("mode").asText()).isEqualTo("real");
    assertThat(told.path("scale").asDouble()).isEqualTo(1);
    assertThat(told.path("ahead").asText()).isEqualTo("PT0S");
  }

  @Test
  void frozenClockMovesByWhatItIsAdvancedAndNoMore() throws Exception {
    JsonNode frozen = ordered("{'mode':'frozen'}");

    JsonNode moved = ordered("{'advance':'PT3M'}");

    assertThat(moved.path("mode").asText()).isEqualTo("frozen");
    assertThat(Duration.between(now(frozen), now(moved))).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void scaledClockEvictsALoneViewerInASecond() throws Exception {
    HttpResponse<String> joined =
        bench.client.post(
            "http",
            "/joinStorageSessionAsViewer",
            "{'channelArn':'%s','clientId':'ann'}".formatted(bench.client.channelArn("door")));
    assertThat(joined.statusCode()).isEqualTo(200);

    JsonNode told = ordered("{'mode':'scaled','scale':300}");

    assertThat(told.path("mode").asText()).isEqualTo("scaled");
    bench.log.await("evicted", "door");
  }

  @Test
  void modeComesBeforeTheMove() throws Exception {
    JsonNode told = ordered("{'mode':'frozen','to':'2030-01-01T00:00:00Z'}");

    assertThat(told.path("now").asText()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(Client.json(bench.client.get("http", PATH)).path("now").asText())
        .isEqualTo("2030-01-01T00:00:00Z");
  }

  @Test
  void clockThatGoesOnIsBehindTheMachineAndCanCatchUp() throws Exception {
    ordered("{'mode':'frozen'}");

    JsonNode behind = ordered("{'mode':'offset'}");
    JsonNode real = ordered("{'mode':'real'}");

    assertThat(behind.path("mode").asText()).isEqualTo("offset");
    assertThat(behind.path("ahead").asText()).startsWith("PT-");
    assertThat(real.path("mode").asText()).isEqualTo("real");
  }

  @Test
  void clockIsMovedInTheSameProcessAsWell() {
    EmulatorClock clock = bench.emulator.clock();

    clock.freeze();
    Instant frozen = clock.now();
    clock.set(frozen.plusSeconds(1));
    assertThat(clock.now()).isEqualTo(frozen.plusSeconds(1));
    clock.scale(2);
    assertThat(clock.pace().mode()).isEqualTo(Mode.SCALED);
    clock.resume();
    clock.setOffset(Duration.ofHours(1));

    assertThat(clock.pace().mode()).isEqualTo(Mode.OFFSET);
    assertThat(clock.pace().ahead()).isEqualTo(Duration.ofHours(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> clock.setOffset(Duration.ZERO))
        .withMessageContaining("never goes back");
    assertThatIllegalArgumentException().isThrownBy(() -> clock.scale(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'mode':'frozen','scale':2} | 'scale' goes with the mode 'scaled' alone",
        "{'scale':2} | 'scale' goes with the mode 'scaled' alone",
        "{'offset':'PT1H'} | 'offset' goes with the mode 'offset' alone",
        "{'mode':'real','offset':'PT1H'} | 'offset' goes with the mode 'offset' alone",
        "{'mode':'offset','offset':'PT1H','advance':'PT1M'} | an 'offset' is a move already",
        "{'mode':'offset','offset':'1 h'} | 'offset' is no ISO 8601 duration",
        "{'mode':'scaled'} | needs a 'scale'",
        "{'mode':'scaled','scale':'2'} | needs a 'scale'",
        "{'mode':'scaled','scale':0} | 0.01 to 1000",
        "{'mode':'scaled','scale':1e99} | 0.01 to 1000",
        "{'mode':'fast'} | none of real, frozen, offset and scaled",
        "{'mode':7} | none of real, frozen, offset and scaled",
        "{'advance':'PT1M','to':'2030-01-01T00:00:00Z'} | both 'advance' and 'to'",
        "{'to':'tomorrow'} | no instant like",
        "{'to':'2001-01-01T00:00:00Z'} | never goes back",
        "{'mode':'offset','offset':'-PT1H'} | never goes back"
      })
  void orderThatCannotBeIsRefusedWithItsReason(String body, String complaint) throws Exception {
    HttpResponse<String> answer = bench.client.post("http", PATH, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Client.json(answer).path("message").asText()).contains(complaint);
  }

  private JsonNode ordered(String body) throws Exception {
    HttpResponse<String> answer = bench.client.post("http", PATH, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.json(answer);
  }

  private static Instant now(JsonNode told) {
    return Instant.parse(told.path("now").asText());
  }
}
