package io.github.kvslocal.conformance.concurrency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.json.JsonClient;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that the control plane tells while nobody changes anything; each map has ARNs as its keys.
 *
 * @param listed what the pages of the lists say
 * @param described what the descriptions say
 * @param tags of both kinds
 * @param recordings which stream each channel is said to be recorded into
 * @param sources which channel each stream is said to record
 */
record Snapshot(
    Map<String, JsonNode> listed,
    Map<String, JsonNode> described,
    Map<String, JsonNode> tags,
    Map<String, String> recordings,
    Map<String, String> sources) {

  /** Does not divide most numbers, so that the last page is a short one. */
  private static final int PAGE = 7;

  /** Of the emulator at this address. */
  static Snapshot of(URI endpoint) {
    Reader reader = new Reader(new JsonClient(endpoint));
    for (Kind kind : Kind.values()) {
      reader.list(kind);
    }
    return reader.snapshot;
  }

  private static final class Reader {
    private final Snapshot snapshot =
        new Snapshot(
            new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    private final JsonClient client;

    Reader(JsonClient client) {
      this.client = client;
    }

    void list(Kind kind) {
      ObjectNode input = object().put("MaxResults", PAGE);
      JsonNode page;
      do {
        page = client.succeed(kind.listPath(), input);
        for (JsonNode info : page.path(kind.infoMember() + "List")) {
          String arn = info.path(kind.arnMember()).asText();
          if (snapshot.listed.put(arn, info) != null) {
            throw new IllegalStateException(arn + " is listed twice");
          }
          describe(kind, arn);
        }
        input.set("NextToken", page.path("NextToken"));
      } while (page.hasNonNull("NextToken"));
    }

    private void describe(Kind kind, String arn) {
      ObjectNode named = object().put(kind.arnMember(), arn);
      snapshot.described.put(
          arn, client.succeed(kind.path("describe"), named).path(kind.infoMember()));
      if (kind == Kind.CHANNEL) {
        snapshot.tags.put(
            arn,
            client.succeed("/ListTagsForResource", object().put("ResourceARN", arn)).path("Tags"));
        JsonNode storage = client.succeed("/describeMediaStorageConfiguration", named);
        if (storage.at("/MediaStorageConfiguration/Status").asText().equals("ENABLED")) {
          snapshot.recordings.put(arn, storage.at("/MediaStorageConfiguration/StreamARN").asText());
        }
      } else {
        snapshot.tags.put(arn, client.succeed("/listTagsForStream", named).path("Tags"));
        JsonNode source =
            client
                .succeed("/describeMappedResourceConfiguration", named)
                .at("/MappedResourceConfigurationList/0/ARN");
        if (!source.isMissingNode()) {
          snapshot.sources.put(arn, source.asText());
        }
      }
    }

    private static ObjectNode object() {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
