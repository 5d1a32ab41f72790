package io.github.kvslocal.conformance.concurrency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.crowd.Crowd;
import io.github.kvslocal.conformance.json.JsonAnswer;
import io.github.kvslocal.conformance.json.JsonClient;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** One client that does all that can be done to a few names, in an order that its seed decides. */
final class Actor implements Crowd.Member {
  private static final String GONE = "ResourceNotFoundException";
  private static final String IN_USE = "ResourceInUseException";
  private static final String STALE = "VersionMismatchException";

  /** A stream's hours of retention must not fall below zero. */
  private static final String INVALID = "InvalidArgumentException";

  private final JsonClient client;
  private final List<String> names;
  private final SplittableRandom random;
  private final Ledger ledger;

  Actor(JsonClient client, List<String> names, long seed, Ledger ledger) {
    this.client = client;
    this.names = names;
    this.random = new SplittableRandom(seed);
    this.ledger = ledger;
  }

  @Override
  public void step() throws InterruptedException {
    try {
      doSomething(random.nextBoolean() ? Kind.CHANNEL : Kind.STREAM, anyName());
    } catch (IOException e) {
      ledger.brokenOff(e);
    }
  }

  private void doSomething(Kind kind, String name) throws IOException, InterruptedException {
    JsonAnswer described = call(kind.path("describe"), object().put(kind.nameMember(), name), GONE);
    JsonNode info = described.body().path(kind.infoMember());
    if (!described.succeeded()) {
      call(kind.path("create"), kind.creation(name), IN_USE);
      return;
    }
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> change(kind, kind.path("update"), kind.update(info, random.nextInt(1000)));
      case 3 -> delete(kind, info);
      case 4 -> call(kind.listPath(), object().put("MaxResults", 1 + random.nextInt(30)));
      case 5, 6 -> tag(kind, info.path(kind.arnMember()).asText());
      case 7, 8 -> map(name);
      default -> retention(name);
    }
  }

  /** Sometimes whatever its version is. */
  private void delete(Kind kind, JsonNode info) throws IOException, InterruptedException {
    ObjectNode input = object().put(kind.arnMember(), info.path(kind.arnMember()).asText());
    if (random.nextBoolean()) {
      call(kind.path("delete"), input, GONE, IN_USE);
    } else {
      change(kind, kind.path("delete"), input.put("CurrentVersion", info.path("Version").asText()));
    }
  }

  private void retention(String name) throws IOException, InterruptedException {
    JsonNode info =
        call("/describeStream", object().put("StreamName", name), GONE).body().path("StreamInfo");
    if (!info.isMissingNode()) {
      change(
          Kind.STREAM,
          "/updateDataRetention",
          object()
              .put("StreamARN", info.path("StreamARN").asText())
              .put("CurrentVersion", info.path("Version").asText())
              .put(
                  "Operation",
                  random.nextBoolean() ? "INCREASE_DATA_RETENTION" : "DECREASE_DATA_RETENTION")
              .put("DataRetentionChangeInHours", 1 + random.nextInt(8)));
    }
  }

  /** What names a version may succeed once for each. */
  private void change(Kind kind, String path, ObjectNode input)
      throws IOException, InterruptedException {
    if (call(path, input, GONE, IN_USE, STALE, INVALID).succeeded()) {
      ledger.spent(input.path(kind.arnMember()).asText(), input.path("CurrentVersion").asText());
    }
  }

  private void tag(Kind kind, String arn) throws IOException, InterruptedException {
    String key = "key-" + random.nextInt(20);
    boolean remove = random.nextInt(3) == 0;
    ObjectNode input = object().put(kind == Kind.CHANNEL ? "ResourceARN" : "StreamARN", arn);
    if (remove) {
      input.putArray("TagKeyList").add(key);
    } else if (kind == Kind.CHANNEL) {
      input.putArray("Tags").addObject().put("Key", key).put("Value", "" + random.nextInt(100));
    } else {
      input.putObject("Tags").put(key, "" + random.nextInt(100));
    }
    String path =
        kind == Kind.CHANNEL
            ? (remove ? "/UntagResource" : "/TagResource")
            : (remove ? "/untagStream" : "/tagStream");
    call(path, input, GONE);
  }

  /** Maps a channel to any stream, or unmaps it. */
  private void map(String name) throws IOException, InterruptedException {
    JsonAnswer channel = call("/describeSignalingChannel", object().put("ChannelName", name), GONE);
    JsonAnswer stream = call("/describeStream", object().put("StreamName", anyName()), GONE);
    if (channel.succeeded() && stream.succeeded()) {
      ObjectNode input =
          object().put("ChannelARN", channel.body().at("/ChannelInfo/ChannelARN").asText());
      ObjectNode configuration = input.putObject("MediaStorageConfiguration");
      if (random.nextInt(3) == 0) {
        configuration.put("Status", "DISABLED");
      } else {
        configuration
            .put("Status", "ENABLED")
            .put("StreamARN", stream.body().at("/StreamInfo/StreamARN").asText());
      }
      call("/updateMediaStorageConfiguration", input, GONE, IN_USE, "NoDataRetentionException");
    }
  }

  private JsonAnswer call(String path, ObjectNode input, String... refusals)
      throws IOException, InterruptedException {
    JsonAnswer answer = client.call(path, input);
    ledger.answered(path, answer, Set.of(refusals));
    return answer;
  }

  private String anyName() {
    return names.get(random.nextInt(names.size()));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
