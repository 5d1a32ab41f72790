package io.github.kvslocal.conformance.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.process.AwsSettings;
import io.github.kvslocal.conformance.process.JsonLines;
import java.nio.file.Path;

/**
 * An SDK of another language in a process of its own: a line of JSON asks, a line of JSON answers,
 * so that a call costs milliseconds. Every call of a driver has time limits of its own.
 */
final class DriverProcess implements SdkClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int STOP_SECONDS = 5;

  private final JsonLines program;

  private DriverProcess(JsonLines program) {
    this.program = program;
  }

  static DriverProcess start(Path folder, Path log, String... words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    AwsSettings.remove(builder.environment());
    builder.environment().put("AWS_CONFIG_FILE", folder.resolve("aws-config").toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    return new DriverProcess(
        JsonLines.start(builder.directory(folder.toFile()), log, STOP_SECONDS));
  }

  @Override
  public SdkAnswer call(SdkCall call) {
    JsonNode answer = program.ask(question(call));
    if (answer.has("raised")) {
      throw new IllegalStateException(answer.path("raised").asText());
    }
    SdkAnswer.Receipt receipt =
        new SdkAnswer.Receipt(
            answer.path("status").asInt(),
            answer.path("requestId").asText(""),
            answer.path("attempts").asInt());
    return answer.path("ok").asBoolean()
        ? new SdkAnswer.Output(answer.path("output"), receipt)
        : new SdkAnswer.Failure(
            answer.path("type").asText(),
            answer.path("message").asText(),
            surface(answer),
            receipt);
  }

  @Override
  public void close() {
    program.close();
  }

  private static ObjectNode question(SdkCall call) {
    Access access = call.access();
    ObjectNode question =
        MAPPER
            .createObjectNode()
            .put("service", call.service().label())
            .put("operation", call.operation())
            .put("endpoint", access.endpoint().toString())
            .put("region", access.region())
            .put("accessKey", access.accessKey())
            .put("secret", access.secret());
    if (!access.token().isEmpty()) {
      question.put("token", access.token());
    }
    question.set("input", call.input());
    return question;
  }

  private static SdkAnswer.Surface surface(JsonNode answer) {
    if (!answer.hasNonNull("modelled")) {
      return SdkAnswer.Surface.NAMED;
    }
    return answer.path("modelled").asBoolean()
        ? SdkAnswer.Surface.MODELLED
        : SdkAnswer.Surface.GENERIC;
  }
}
