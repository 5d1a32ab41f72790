package io.github.kvslocal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Channels without media storage: clients talk to each other, and Alexa to the master. */
class PeerToPeerIT {
  @TempDir private Path directory;
  private KvsLocal emulator;
  private Client client;
  private String arn;
  private final EventLog log = new EventLog();

  @BeforeEach
  void start() throws Exception {
    emulator = KvsLocal.start(KvsLocalOptions.defaults().withPort(0).withDataDirectory(directory));
    client = new Client(emulator);
    arn = channel("'ChannelName':'plain'");
  }

  @AfterEach
  void close() {
    emulator.close();
    log.close();
  }

  @Test
  void aCallIsMadeFromAViewersOfferToTheLastCandidate() throws Exception {
    TestSocket ann = viewer("ann");
    ann.say("SDP_OFFER", "", "offer");
    ann.say("ICE_CANDIDATE", "", "early");
    TestSocket master = master();

    assertThat(master.next()).isEqualTo(relayed("SDP_OFFER", "offer", "ann"));
    assertThat(master.next()).isEqualTo(relayed("ICE_CANDIDATE", "early", "ann"));
    master.say("SDP_ANSWER", "ann", "answer");
    master.say("ICE_CANDIDATE", "ann", "back");
    assertThat(ann.next()).isEqualTo(relayed("SDP_ANSWER", "answer", ""));
    assertThat(ann.next()).isEqualTo(relayed("ICE_CANDIDATE", "back", ""));
    ann.say("ICE_CANDIDATE", "master", "forth");
    assertThat(master.next()).isEqualTo(relayed("ICE_CANDIDATE", "forth", "ann"));
  }

  @Test
  void theEleventhViewersUpgradeIsRefused() throws Exception {
    List<TestSocket> viewers = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      viewers.add(viewer("v" + i));
    }

    assertThatThrownBy(() -> viewer("eleventh"))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> {
              assertThat(refused.getResponse().statusCode()).isEqualTo(400);
              assertThat(refused.getResponse().headers().firstValue("x-amzn-ErrorType"))
                  .contains("ClientLimitExceededException");
            });
    TestSocket again = viewer("v4");
    again.say("SDP_OFFER", "", "offer");
    assertThat(viewers.get(4).next()).startsWith("close 1000 ");
    assertThat(master().next()).isEqualTo(relayed("SDP_OFFER", "offer", "v4"));
  }

  @Test
  void alexasRequestIsHeldUntilTheMasterAnswers() throws Exception {
    CompletableFuture<HttpResponse<String>> request = alexa("offer");
    TestSocket master = master();
    assertThat(master.next()).isEqualTo(relayed("SDP_OFFER", "offer", "echo"));
    assertThat(request).isNotDone();

    master.say("SDP_ANSWER", "echo", "answer");

    HttpResponse<String> response = request.get(10, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Client.json(response).path("Answer").asText())
        .isEqualTo(TestSocket.base64("answer"));
  }

  @Test
  void alexasRequestFailsWhenANewerOneTakesItsPlace() throws Exception {
    CompletableFuture<HttpResponse<String>> older = alexa("old");
    TestSocket master = master();
    assertThat(master.next()).isEqualTo(relayed("SDP_OFFER", "old", "echo"));

    CompletableFuture<HttpResponse<String>> newer = alexa("new");

    HttpResponse<String> response = older.get(10, TimeUnit.SECONDS);
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("x-amzn-ErrorType"))
        .contains("ResourceNotFoundException");
    assertThat(response.body()).contains("The master did not answer the offer");
    assertThat(newer).isNotDone();
  }

  @Test
  void anAlexaThatHangsUpTakesItsOfferBack() throws Exception {
    String body = alexaBody("gone");
    try (Socket socket = new Socket("localhost", emulator.endpoint().getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/send-alexa-offer-to-master HTTP/1.1\r\nHost: localhost\r\n"
                      + "Content-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(UTF_8));
      awaitJournal("message-waits");
    }
    awaitJournal("offer-withdrawn");

    TestSocket master = master();
    viewer("ann").say("SDP_OFFER", "", "next");

    assertThat(master.next()).isEqualTo(relayed("SDP_OFFER", "next", "ann"));
    assertThat(log.exceptions()).isEmpty();
  }

  /** Alexa's request for a channel that is not there is told so at once. */
  @Test
  void alexasRequestNeedsAChannel() throws Exception {
    arn = arn.replace("/plain/", "/other/");

    HttpResponse<String> response = alexa("offer").get(10, TimeUnit.SECONDS);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("The requested channel is not found or not active.");
  }

  private void awaitJournal(String event) throws InterruptedException {
    long start = System.nanoTime();
    while (emulator.journal().entries().stream()
        .noneMatch(entry -> entry.event().text().equals(event))) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      Thread.onSpinWait();
    }
  }

  private CompletableFuture<HttpResponse<String>> alexa(String payload) {
    return client
        .http()
        .sendAsync(
            HttpRequest.newBuilder(client.uri("http", "/v1/send-alexa-offer-to-master"))
                .POST(HttpRequest.BodyPublishers.ofString(alexaBody(payload)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private String alexaBody(String payload) {
    return "{\"ChannelARN\":\"%s\",\"SenderClientId\":\"echo\",\"MessagePayload\":\"%s\"}"
        .formatted(arn, TestSocket.base64(payload));
  }

  private String channel(String members) throws Exception {
    return Client.json(client.post("http", "/createSignalingChannel", "{" + members + "}"))
        .path("ChannelARN")
        .asText();
  }

  private TestSocket master() {
    return TestSocket.open(client.http(), client.uri("wss", "/master?X-Amz-ChannelARN=" + arn));
  }

  private TestSocket viewer(String id) {
    return TestSocket.open(
        client.http(),
        client.uri("wss", "/viewer?X-Amz-ChannelARN=" + arn + "&X-Amz-ClientId=" + id));
  }

  private static String relayed(String type, String payload, String sender) {
    return "{\"messagePayload\":\"%s\",\"messageType\":\"%s\"%s}"
        .formatted(
            TestSocket.base64(payload),
            type,
            sender.isEmpty() ? "" : ",\"senderClientId\":\"" + sender + "\"");
  }
}
