package io.github.kvslocal.conformance.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.kvslocal.conformance.process.Command;
import io.github.kvslocal.conformance.sdk.SdkPackages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The models of the five services, read out of the pinned botocore: the facts that every AWS SDK is
 * generated from.
 */
public final class ServiceModels {
  private static final Path SCRIPT = Path.of("src/test/scripts/service-models.py");
  private static final Duration PRINT = Duration.ofSeconds(30);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ServiceModels() {}

  /** All operations of all five services. */
  public static List<ModelledOperation> operations() {
    return Command.of(SdkPackages.PYTHON.program("python").toString(), SCRIPT.toString())
        .succeed(PRINT)
        .lines()
        .map(ServiceModels::operation)
        .toList();
  }

  private static ModelledOperation operation(String line) {
    try {
      JsonNode facts = MAPPER.readTree(line);
      Map<String, Integer> errors = new LinkedHashMap<>();
      facts
          .path("errors")
          .properties()
          .forEach(error -> errors.put(error.getKey(), error.getValue().asInt()));
      return new ModelledOperation(
          facts.path("service").asText(),
          facts.path("name").asText(),
          facts.path("path").asText(),
          errors,
          new Shape(facts.path("input")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not an operation: " + line, e);
    }
  }
}
