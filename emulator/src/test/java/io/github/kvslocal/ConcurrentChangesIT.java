package io.github.kvslocal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that change the same few names. */
class ConcurrentChangesIT {
  private static final int CLIENTS = 64;
  private static final int CHANGES = 10;
  private static final int NAMES = 20;

  @TempDir private Path directory;
  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> created = new ConcurrentLinkedQueue<>();
  private KvsLocal emulator;
  private Client client;

  @AfterEach
  void close() {
    clients.shutdownNow();
    emulator.close();
  }

  @Test
  void stateIsConsistentAndTheSameAfterARestart() throws Exception {
    List<Callable<Integer>> crowd = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(i);
      crowd.add(() -> changeMuch(random));
    }

    for (Future<Integer> done : clients.invokeAll(crowd)) {
      assertThat(done.get(60, TimeUnit.SECONDS)).isEqualTo(CHANGES);
    }

    assertThat(failures).isEmpty();
    assertThat(created).isNotEmpty().doesNotHaveDuplicates();
    String before = everything();
    emulator.close();
    open();
    assertThat(everything()).isEqualTo(before);
  }

  @BeforeEach
  void open() throws Exception {
    emulator =
        KvsLocal.start(
            KvsLocalOptions.defaults().withPort(0).withDataDirectory(directory),
            running -> new FakeMediaStack(running, new RecordingStorage()));
    client = new Client(emulator);
  }

  private int changeMuch(Random random) throws Exception {
    int changes = 0;
    while (changes < CHANGES) {
      change(random, "n" + random.nextInt(NAMES));
      changes++;
    }
    return changes;
  }

  private void change(Random random, String name) throws Exception {
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        post("/createSignalingChannel", "{'ChannelName':'%s'}".formatted(name));
        post("/createStream", "{'StreamName':'%s','DataRetentionInHours':1}".formatted(name));
      }
      case 2 ->
          post(
              "/updateMediaStorageConfiguration",
              "{'ChannelARN':'%s','MediaStorageConfiguration':{'Status':'%s','StreamARN':'%s'}}"
                  .formatted(
                      arn("Channel", name),
                      random.nextBoolean() ? "ENABLED" : "DISABLED",
                      arn("Stream", name)));
      case 3 ->
          post("/deleteSignalingChannel", "{'ChannelARN':'%s'}".formatted(arn("Channel", name)));
      case 4 -> post("/deleteStream", "{'StreamARN':'%s'}".formatted(arn("Stream", name)));
      default ->
          post(
              "/tagStream",
              "{'StreamName':'%s','Tags':{'a':'%d'}}".formatted(name, random.nextInt()));
    }
  }

  /** What is there; something that is not, for what is not. */
  private String arn(String kind, String name) throws Exception {
    JsonNode answer =
        post(
            kind.equals("Channel") ? "/describeSignalingChannel" : "/describeStream",
            "{'%sName':'%s'}".formatted(kind, name));
    return answer
        .path(kind + "Info")
        .path(kind + "ARN")
        .asText(
            "arn:aws:kinesisvideo:us-east-1:000000000000:%s/%s/1"
                .formatted(kind.equals("Channel") ? "channel" : "stream", name));
  }

  private JsonNode post(String path, String body) throws Exception {
    HttpResponse<String> answer = client.post("http", path, body);
    if (answer.statusCode() >= 500) {
      failures.add(path + " " + answer.body());
    }
    JsonNode json = Client.json(answer);
    if (path.startsWith("/create") && answer.statusCode() == 200) {
      created.add(json.elements().next().asText());
    }
    return json;
  }

  /** Both lists, with the mapping seen from both sides, which have to agree. */
  private String everything() throws Exception {
    JsonNode channels = post("/listSignalingChannels", "{}");
    JsonNode streams = post("/listStreams", "{}");
    Set<String> fromChannels = new HashSet<>();
    for (JsonNode info : channels.path("ChannelInfoList")) {
      String arn = info.path("ChannelARN").asText();
      JsonNode mapped =
          post("/describeMediaStorageConfiguration", "{'ChannelARN':'%s'}".formatted(arn));
      String stream = mapped.at("/MediaStorageConfiguration/StreamARN").asText();
      if (!stream.isEmpty()) {
        fromChannels.add(arn + " " + stream);
      }
    }
    Set<String> fromStreams = new HashSet<>();
    for (JsonNode info : streams.path("StreamInfoList")) {
      String arn = info.path("StreamARN").asText();
      post("/describeMappedResourceConfiguration", "{'StreamARN':'%s'}".formatted(arn))
          .path("MappedResourceConfigurationList")
          .forEach(mapped -> fromStreams.add(mapped.path("ARN").asText() + " " + arn));
    }
    assertThat(fromChannels).isEqualTo(fromStreams);
    return channels + "\n" + streams + "\n" + fromChannels;
  }
}
