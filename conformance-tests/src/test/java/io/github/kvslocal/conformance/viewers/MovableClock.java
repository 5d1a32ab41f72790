package io.github.kvslocal.conformance.viewers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.kvslocal.conformance.json.JsonClient;
import java.io.IOException;
import java.net.URI;

/** The emulator's policy clock, as its users reach it. */
final class MovableClock {
  private static final String PATH = "/_kvslocal/clock";

  private final JsonClient client;

  MovableClock(URI endpoint) {
    this.client = new JsonClient(endpoint);
  }

  /** Moves it by an ISO 8601 duration, and returns when everything that fell due has run. */
  void advance(String by) {
    client.succeed(PATH, JsonNodeFactory.instance.objectNode().put("advance", by));
  }

  /**
   * How many things wait for it in storage sessions and sockets, of the hundred that fall due
   * first; fragments wait as well, for their retention to be over.
   */
  int waitingOfChannels() throws IOException, InterruptedException {
    int count = 0;
    for (JsonNode waiting : client.read(PATH).path("waiting")) {
      count += waiting.has("channel") ? 1 : 0;
    }
    return count;
  }
}
