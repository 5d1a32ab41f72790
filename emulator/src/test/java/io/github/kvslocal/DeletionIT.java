package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kvslocal.media.Clip;
import io.github.kvslocal.sdp.AnswerPlan;
import io.github.kvslocal.sdp.Setup;
import io.github.kvslocal.testpeer.RemoteMaster;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of those who use a channel that is deleted, or recorded no longer. */
class DeletionIT {
  @TempDir private Path directory;
  private MasterBench bench;

  @BeforeEach
  void start() throws Exception {
    bench = new MasterBench(directory, List.of("door"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void deletedChannelClosesItsSockets() throws Exception {
    String arn = bench.client.channelArn("door");
    disable(arn);
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket = connect(arn, closed);

    HttpResponse<String> deleted =
        bench.client.post("https", "/deleteSignalingChannel", "{'ChannelARN':'" + arn + "'}");

    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
    socket.abort();
  }

  @Test
  void disabledStorageEndsItsSessionAndStoresWhatCame() throws Exception {
    try (RemoteMaster master =
        bench.join("door", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      master.allSent().get(20, TimeUnit.SECONDS);

      disable(bench.client.channelArn("door"));

      assertThat(bench.log.await("peer-ended", "door")).contains("media storage was disabled");
      assertThat(bench.log.await("recording-ended", "door")).contains("picture and sound");
    }
  }

  @Test
  void streamThatIsMadeAgainDoesNotShowTheOldRecording() throws Exception {
    try (RemoteMaster master =
        bench.join("door", new AnswerPlan(true, Setup.ACTIVE), Clip.frames())) {
      master.allSent().get(20, TimeUnit.SECONDS);
    }
    bench.log.await("recording-ended", "door");
    disable(bench.client.channelArn("door"));
    String stream =
        Client.json(bench.client.post("http", "/describeStream", "{'StreamName':'door'}"))
            .at("/StreamInfo/StreamARN")
            .asText();
    String recording = "/_kvslocal/streams/door/recording.mkv";
    assertThat(bench.client.get("http", recording).statusCode()).isEqualTo(200);

    bench.client.post("http", "/deleteStream", "{'StreamARN':'" + stream + "'}");
    bench.client.post("http", "/createStream", "{'StreamName':'door','DataRetentionInHours':1}");

    assertThat(bench.client.get("http", recording).statusCode()).isEqualTo(404);
  }

  private void disable(String arn) throws Exception {
    HttpResponse<String> answer =
        bench.client.post(
            "https",
            "/updateMediaStorageConfiguration",
            "{'ChannelARN':'" + arn + "','MediaStorageConfiguration':{'Status':'DISABLED'}}");
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private WebSocket connect(String arn, CompletableFuture<Integer> closed) {
    return bench
        .client
        .http()
        .newWebSocketBuilder()
        .connectTimeout(Duration.ofSeconds(10))
        .buildAsync(
            bench.client.uri("wss", "/master?X-Amz-ChannelARN=" + arn),
            new WebSocket.Listener() {
              @Override
              public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                closed.complete(code);
                return WebSocket.Listener.super.onClose(socket, code, reason);
              }
            })
        .join();
  }
}
