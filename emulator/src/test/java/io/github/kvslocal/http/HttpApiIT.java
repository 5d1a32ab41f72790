package io.github.kvslocal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.api.AccessRules;
import io.github.kvslocal.api.Admission;
import io.github.kvslocal.api.Caller;
import io.github.kvslocal.api.Quotas;
import io.github.kvslocal.api.Service;
import io.github.kvslocal.journal.Journal;
import io.github.kvslocal.runtime.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpApiIT {
  private static final String PATH = "/v1/get-ice-server-config";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** Only a client that hung up is answered nothing, and this one waits. */
  @Test
  void operationThatIsCancelledByABugIsAnswered() throws Exception {
    int port =
        start(
            Operation.deciding(
                Service.SIGNALING,
                PATH,
                Subject.NOTHING,
                call -> CompletableFuture.failedFuture(new CancellationException("by a bug"))));

    HttpResponse<String> answer = post(port);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("InternalFailure");
  }

  private int start(Operation operation) throws Exception {
    InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    Admission admission =
        new Admission(
            new Caller("000000000000", "us-east-1"),
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
    HttpApi api = new HttpApi(vertx, List.of(operation), List.of(), setting);
    return vertx
        .createHttpServer()
        .requestHandler(api::handle)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  private static HttpResponse<String> post(int port) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH))
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
