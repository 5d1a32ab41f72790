package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.journal.Event;
import io.github.kvslocal.journal.JournalQuery;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is under way while the emulator is reset is answered, and changes nothing afterwards. */
class ResetInFlightIT {
  private static final String CREATE = "{\"ChannelName\":\"late\"}";

  @TempDir private Path directory;
  private KvsLocal emulator;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    emulator = KvsLocal.builder().channels("door").dataDirectory(directory).start();
    client = new Client(emulator);
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void resetByARequestIsAnsweredWhenTheNextWorldIsThere() throws Exception {
    emulator.createChannel("garden");

    HttpResponse<String> answer = client.post("https", "/_kvslocal/reset", "");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(client.post("https", "/listSignalingChannels", "{}").body())
        .contains("\"door\"")
        .doesNotContain("garden");
  }

  @Test
  void manyResetsAtOnceAreAllAnsweredAndTheEmulatorWorks() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> resets = new ArrayList<>();

    for (int i = 0; i < 5; i++) {
      resets.add(post("/_kvslocal/reset", ""));
    }

    for (CompletableFuture<HttpResponse<String>> reset : resets) {
      // 503 for those that come while another one is made.
      assertThat(reset.get(20, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
    }
    assertThat(client.post("https", "/createSignalingChannel", CREATE).statusCode()).isEqualTo(200);
  }

  @Test
  void requestWhoseBodyComesAfterwardsIsDeclinedAndChangesNothing() throws Exception {
    try (Socket socket = new Socket("localhost", emulator.endpoint().getPort())) {
      sendAhead(
          socket,
          "POST /createSignalingChannel HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + CREATE.length()
              + "\r\n\r\n{");

      emulator.reset();
      send(socket, CREATE.substring(1));

      assertThat(statusLine(socket)).startsWith("HTTP/1.1 503 ");
    }
    assertNotThere("late");
  }

  @Test
  void changeThatWasHeldUpIsDeclinedAndChangesNothing() throws Exception {
    emulator.faults().add("latency=1s operation=CreateSignalingChannel");
    CompletableFuture<HttpResponse<String>> held = post("/createSignalingChannel", CREATE);
    awaitStrike();

    emulator.reset();

    HttpResponse<String> answer = held.get(20, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("The emulator was reset meanwhile; try again.");
    assertNotThere("late");
  }

  @Test
  void whoWaitsForTheJournalIsAnswered() throws Exception {
    try (Socket socket = new Socket("localhost", emulator.endpoint().getPort())) {
      sendAhead(
          socket,
          "GET /_kvslocal/journal?event=connected&wait=PT2S HTTP/1.1\r\nHost: localhost\r\n\r\n");

      emulator.reset();

      assertThat(statusLine(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void clientsWhoCallOnAndOnAreAlwaysAnswered() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();

    for (int round = 0; round < 10; round++) {
      for (int call = 0; call < 10; call++) {
        calls.add(
            post(
                "/createSignalingChannel", "{\"ChannelName\":\"late" + round + "-" + call + "\"}"));
      }
      emulator.reset();
    }

    for (CompletableFuture<HttpResponse<String>> call : calls) {
      assertThat(call.get(20, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
    }
    emulator.reset();
    assertThat(client.post("https", "/listSignalingChannels", "{}").body()).doesNotContain("late");
  }

  private void awaitStrike() {
    emulator.journal().await(JournalQuery.of(Event.FAULT_STRUCK), Duration.ofSeconds(20));
  }

  /** Neither now nor after a restart. */
  private void assertNotThere(String name) throws Exception {
    assertThat(client.post("https", "/listSignalingChannels", "{}").body()).doesNotContain(name);
    emulator.close();
    start();
    assertThat(client.post("https", "/listSignalingChannels", "{}").body()).doesNotContain(name);
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String body) {
    return client
        .http()
        .sendAsync(
            HttpRequest.newBuilder(client.uri("https", path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** One loop handles all requests in turn, so an answer says that what came earlier is known. */
  private void sendAhead(Socket socket, String text) throws Exception {
    socket.setSoTimeout(20_000);
    send(socket, text);
    client.get("https", "/_kvslocal/health");
    client.get("https", "/_kvslocal/health");
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  private static String statusLine(Socket socket) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = socket.getInputStream().read();
        next >= 0 && next != '\r';
        next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString();
  }
}
