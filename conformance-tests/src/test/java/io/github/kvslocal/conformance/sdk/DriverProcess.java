package io.github.kvslocal.conformance.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.process.AwsSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * An SDK of another language in a process of its own: a line of JSON asks, a line of JSON answers,
 * so that a call costs milliseconds. Every call of a driver has time limits of its own.
 */
final class DriverProcess implements SdkClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int STOP_SECONDS = 5;

  private final Process process;
  private final Path log;
  private final Writer questions;
  private final BufferedReader answers;

  private DriverProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  static DriverProcess start(Path folder, Path log, String... words) {
    ProcessBuilder builder = new ProcessBuilder(words);
    AwsSettings.remove(builder.environment());
    builder.environment().put("AWS_CONFIG_FILE", folder.resolve("aws-config").toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      return new DriverProcess(
          builder.directory(folder.toFile()).redirectError(log.toFile()).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + String.join(" ", words), e);
    }
  }

  @Override
  public SdkAnswer call(SdkCall call) {
    JsonNode answer = ask(question(call));
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
    try {
      questions.close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private JsonNode ask(ObjectNode question) {
    try {
      questions.write(question + "\n");
      questions.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("the driver ended: " + Files.readString(log));
      }
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the driver did not answer in JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach the driver", e);
    }
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
