package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.api.AccessRules;
import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.Quotas;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.FragmentNumber;
import io.github.kvslocal.fragment.Gaps;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.recording.FragmentMetadata;
import io.github.kvslocal.recording.InMemoryFragmentStore;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.runtime.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FragmentListIT {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Owner OWNER = new Owner("000000000000", "us-east-1");

  private final Vertx vertx = Vertx.vertx();
  private final InMemoryFragmentStore store = new InMemoryFragmentStore();
  private final Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
  private int port;

  @BeforeEach
  void start() throws Exception {
    registry.ready(OWNER, "door", NOW);
    InstantSource clock = InstantSource.fixed(NOW);
    Admission admission =
        new Admission(
            new Caller(OWNER.account(), OWNER.region()),
            Admission.SignatureCheck.NONE,
            AccessRules.parse(List.of(), List.of()),
            Quotas.off(),
            new Admission.Clocks(clock, clock));
    HttpApi api =
        new HttpApi(
            vertx,
            List.of(),
            new RecordingRoutes(registry, store, OWNER, vertx).routes(),
            new HttpApi.Setting(
                clock,
                new Random(1),
                admission,
                "",
                Future::succeededFuture,
                new Journal(),
                new Faults(new Journal())));
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
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void fragmentsAreToldWithWhatIsMissingInThem() throws Exception {
    store("7", Gaps.NONE);
    store("8", new Gaps(2, Duration.ofMillis(300), 1, Duration.ofMillis(20)));

    JsonNode answer = json(get("door"));

    assertThat(answer.path("fragmentCount").asInt()).isEqualTo(2);
    assertThat(answer.path("fragments").path(0).toString())
        .isEqualTo(
            """
            {"number":"7","producerTime":"2026-11-20T12:00:00Z",\
            "serverTime":"2026-11-20T12:00:03Z","milliseconds":2000,"bytes":5,\
            "gaps":{"pictures":0,"pictureMilliseconds":0,"sounds":0,"soundMilliseconds":0}}""");
    assertThat(answer.path("fragments").path(1).path("gaps").toString())
        .isEqualTo(
            """
            {"pictures":2,"pictureMilliseconds":300,"sounds":1,"soundMilliseconds":20}""");
  }

  @Test
  void ofManyFragmentsTheNewestAreToldAndTheRestIsCounted() throws Exception {
    for (int i = 1; i <= 1_001; i++) {
      store(Integer.toString(i), Gaps.NONE);
    }

    JsonNode answer = json(get("door"));

    assertThat(answer.path("fragmentCount").asInt()).isEqualTo(1_001);
    assertThat(answer.path("fragments")).hasSize(1_000);
    assertThat(answer.path("fragments").path(0).path("number").asText()).isEqualTo("2");
  }

  @Test
  void streamWithoutFragmentsHasNoneAndAnUnknownOneIsAnError() throws Exception {
    assertThat(json(get("door")).path("fragments")).isEmpty();
    assertThat(get("attic").statusCode()).isEqualTo(404);
  }

  private void store(String number, Gaps gaps) throws Exception {
    StreamArn door = registry.stream(OWNER, "door").arn();
    FragmentMetadata metadata =
        new FragmentMetadata(
            new FragmentNumber(number), NOW, NOW.plusSeconds(3), Duration.ofSeconds(2), 5, gaps);
    store.append(door, metadata, new byte[5]).get(10, TimeUnit.SECONDS);
  }

  private HttpResponse<byte[]> get(String stream) throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:" + port + "/_kvslocal/streams/" + stream + "/fragments");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
