package io.github.kvslocal.conformance.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.process.TrustedAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** One emulator with channels of which some are struck by faults, as its users tell it to. */
final class FaultBench implements AutoCloseable {
  private static final String FAULTS = "/_kvslocal/faults";
  private static final String CLOCK = "/_kvslocal/clock";

  private final EmulatorProcess emulator;
  private final SSLContext tls;
  private final JsonClient admin;

  private FaultBench(EmulatorProcess emulator) {
    this.emulator = emulator;
    this.tls = TrustedAuthority.of(emulator.authority());
    this.admin = new JsonClient(emulator.endpoint());
  }

  /** Starts the emulator with these channels, which store their media. */
  static FaultBench start(Path folder, String... channels) {
    List<String> options =
        Arrays.stream(channels).flatMap(each -> Stream.of("--channel", each)).toList();
    return new FaultBench(EmulatorProcess.start(folder, options));
  }

  URI endpoint() {
    return emulator.endpoint();
  }

  Path authority() {
    return emulator.authority();
  }

  SSLContext tls() {
    return tls;
  }

  /** From now on there is this fault; its id is told. */
  String add(String rule) {
    return admin
        .succeed(FAULTS, JsonNodeFactory.instance.objectNode().put("fault", rule))
        .at("/rules/0/id")
        .asText();
  }

  /** How often the fault with this id has struck. */
  int struck(String id) throws Exception {
    for (JsonNode rule : admin.read(FAULTS).path("rules")) {
      if (rule.path("id").asText().equals(id)) {
        return rule.path("struck").asInt();
      }
    }
    throw new IllegalStateException("there is no fault " + id + " any more");
  }

  /** Moves policy time on by an ISO 8601 duration. */
  void advance(String by) {
    admin.succeed(CLOCK, JsonNodeFactory.instance.objectNode().put("advance", by));
  }

  @Override
  public void close() {
    emulator.close();
  }
}
