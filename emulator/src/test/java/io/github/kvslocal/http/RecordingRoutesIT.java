package io.github.kvslocal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kvslocal.api.AccessRules;
import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.Quotas;
import io.github.kvslocal.channel.StreamArn;
import io.github.kvslocal.fragment.ClipFragments;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.matroska.MatroskaReader;
import io.github.kvslocal.media.Clip;
import io.github.kvslocal.recording.NobodyListens;
import io.github.kvslocal.recording.Recorder;
import io.github.kvslocal.registry.Owner;
import io.github.kvslocal.registry.Registry;
import io.github.kvslocal.registry.RegistryState;
import io.github.kvslocal.runtime.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordingRoutesIT {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Owner OWNER = new Owner("000000000000", "us-east-1");

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final FailingFragmentStore store = new FailingFragmentStore();
  private int fragments;
  private int port;

  @BeforeEach
  void start() throws Exception {
    Registry registry = new Registry(RegistryState.EMPTY, new Random(1));
    registry.ready(OWNER, "empty", NOW);
    registry.ready(OWNER, "door", NOW);
    StreamArn door = registry.stream(OWNER, "door").arn();
    Recorder recorder = new Recorder(store, door, NOW, new NobodyListens());
    ClipFragments.of(Clip.frames()).forEach(fragment -> recorder.record(fragment, NOW));
    recorder.close().join();
    fragments = store.list(door).size();
    InstantSource clock = InstantSource.fixed(NOW);
    Admission admission =
        new Admission(
            new Caller(OWNER.account(), OWNER.region()),
            Admission.SignatureCheck.NONE,
            AccessRules.parse(List.of(), List.of()),
            Quotas.off(),
            new Admission.Clocks(clock, clock));
    HttpApi.Setting setting =
        new HttpApi.Setting(
            clock,
            new Random(1),
            admission,
            "",
            Future::succeededFuture,
            new Journal(),
            new Faults(new Journal()));
    HttpApi api =
        new HttpApi(
            vertx, List.of(), new RecordingRoutes(registry, store, OWNER, vertx).routes(), setting);
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
  void recordingIsAFileToKeepUnderTheNameOfItsStream() throws Exception {
    HttpResponse<byte[]> answer = send("GET", "door");

    assertThat(MatroskaReader.read(answer.body()).durationMillis()).isPositive();
    assertThat(answer.headers().firstValue("Content-Type")).contains("video/x-matroska");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"door.mkv\"");
  }

  @Test
  void recordingOfAnotherOwnerIsAskedForInTheQuery() throws Exception {
    HttpResponse<byte[]> sameOwner =
        get("door", "?account=" + OWNER.account() + "&region=" + OWNER.region());
    HttpResponse<byte[]> otherRegion = get("door", "?region=eu-west-1");

    assertThat(sameOwner.statusCode()).isEqualTo(200);
    assertThat(otherRegion.statusCode()).isEqualTo(404);
    assertThat(new String(otherRegion.body(), UTF_8)).contains("this request is for eu-west-1");
  }

  @Test
  void headTellsTheLengthOfTheFileAndSendsNone() throws Exception {
    int length = send("GET", "door").body().length;

    HttpResponse<byte[]> answer = send("HEAD", "door");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(length);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void recordingThatBreaksOffDoesNotLookWhole() throws Exception {
    store.failAfterReads(fragments + 1);

    assertThatThrownBy(() -> send("GET", "door"))
        .hasCauseInstanceOf(IOException.class)
        .hasMessageContaining("bytes received");

    assertThat(send("GET", "door").statusCode()).isEqualTo(200);
  }

  @Test
  void recordingThatCannotBeBegunIsAModelledError() throws Exception {
    store.failAfterReads(0);

    HttpResponse<byte[]> answer = send("GET", "door");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("InternalFailure");
  }

  @Test
  void streamWithoutARecordingIsAModelledError() throws Exception {
    HttpResponse<byte[]> unknown = send("GET", "attic");
    HttpResponse<byte[]> empty = send("GET", "empty");

    assertThat(List.of(unknown.statusCode(), empty.statusCode())).containsExactly(404, 404);
    assertThat(unknown.headers().firstValue("x-amzn-ErrorType"))
        .contains("ResourceNotFoundException")
        .isEqualTo(empty.headers().firstValue("x-amzn-ErrorType"));
  }

  @Test
  void slowExportsHoldUpNothingElseAndAreFew() throws Exception {
    store.holdReads();
    List<CompletableFuture<HttpResponse<byte[]>>> held = new ArrayList<>();
    for (int i = 0; i < RecordingRoutes.MOST_AT_A_TIME; i++) {
      held.add(sendAsync("GET", "door", ""));
    }
    store.awaitHeld(RecordingRoutes.MOST_AT_A_TIME);

    HttpResponse<byte[]> surplus = send("GET", "door");
    Future<Integer> otherWork = vertx.executeBlocking(() -> 1);

    assertThat(surplus.statusCode()).isEqualTo(503);
    assertThat(surplus.headers().firstValue("x-amzn-ErrorType"))
        .contains("ServiceUnavailableException");
    assertThat(otherWork.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isEqualTo(1);
    store.releaseReads();
    for (CompletableFuture<HttpResponse<byte[]>> answer : held) {
      assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void exportThatHasEndedMakesRoom() throws Exception {
    for (int i = 0; i < 2 * RecordingRoutes.MOST_AT_A_TIME; i++) {
      assertThat(send("GET", "door").statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<byte[]> send(String method, String stream) throws Exception {
    return sendAsync(method, stream, "").get(10, TimeUnit.SECONDS);
  }

  private HttpResponse<byte[]> get(String stream, String query) throws Exception {
    return sendAsync("GET", stream, query).get(10, TimeUnit.SECONDS);
  }

  private CompletableFuture<HttpResponse<byte[]>> sendAsync(
      String method, String stream, String query) {
    URI uri =
        URI.create(
            "http://127.0.0.1:" + port + "/_kvslocal/streams/" + stream + "/recording.mkv" + query);
    return client.sendAsync(
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }
}
