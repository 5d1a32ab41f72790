package io.github.kvslocal.conformance.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.json.JsonClient;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A valid input of every operation, with as many members as may stand together; the table is {@code
 * valid-inputs.json}. Where an input would delete something or wait for somebody, it names a stale
 * version or a channel that does not exist, for which a request is declined only after its members
 * have been found valid.
 */
final class ValidInputs {
  private final JsonNode table;

  private ValidInputs(JsonNode table) {
    this.table = table;
  }

  /** For an emulator that has the channel and stream of this name. */
  static ValidInputs live(JsonClient client, String name) throws IOException, InterruptedException {
    String channel =
        client
            .call("/describeSignalingChannel", "{\"ChannelName\":\"" + name + "\"}")
            .body()
            .at("/ChannelInfo/ChannelARN")
            .asText();
    String stream =
        client
            .call("/describeStream", "{\"StreamName\":\"" + name + "\"}")
            .body()
            .at("/StreamInfo/StreamARN")
            .asText();
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream file =
        Objects.requireNonNull(ValidInputs.class.getResourceAsStream("valid-inputs.json"))) {
      String text = mapper.readTree(file).toString();
      return new ValidInputs(
          mapper.readTree(text.replace("{channel}", channel).replace("{stream}", stream)));
    }
  }

  /** The operations that have one. */
  Set<String> operations() {
    Set<String> operations = new TreeSet<>();
    table.fieldNames().forEachRemaining(operations::add);
    return operations;
  }

  ObjectNode of(String operation) {
    return table.withObject("/" + operation).deepCopy();
  }
}
