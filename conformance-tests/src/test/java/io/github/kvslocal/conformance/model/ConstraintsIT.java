package io.github.kvslocal.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.kvslocal.conformance.json.JsonAnswer;
import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every constraint of the five service models: broken in every way, each alone, it is refused in
 * words that name it; met exactly, it is not.
 */
@NeedsClient({Client.EMULATOR, Client.BOTO3})
class ConstraintsIT {
  private static final String CHANNEL = "porch";

  /** What the models permit and the API pages do not. */
  private static final List<String> DOCUMENTED_TIGHTER = List.of("FormatConfig has length 256");

  private static List<ModelledOperation> operations = List.of();
  private static EmulatorProcess emulator;
  private static JsonClient client;
  private static ValidInputs valid;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    operations = ServiceModels.operations();
    emulator = EmulatorProcess.start(folder, CHANNEL);
    client = new JsonClient(emulator.endpoint());
    valid = ValidInputs.live(client, CHANNEL);
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @Test
  void everyOperationHasAValidInput() {
    assertThat(valid.operations())
        .containsExactlyInAnyOrderElementsOf(
            operations.stream().map(ModelledOperation::name).toList());
  }

  @TestFactory
  Stream<DynamicTest> brokenConstraintIsRefusedAndNamed() {
    return operations.stream()
        .map(operation -> dynamicTest(operation.toString(), () -> assertAllRefused(operation)));
  }

  @TestFactory
  Stream<DynamicTest> valueAtItsBoundIsNotRefusedForIt() {
    return operations.stream()
        .map(operation -> dynamicTest(operation.toString(), () -> assertNoneRefused(operation)));
  }

  private static void assertAllRefused(ModelledOperation operation) throws Exception {
    List<Trial> trials = Violations.of(operation.input(), valid.of(operation.name()));
    List<String> accepted = new ArrayList<>();
    for (Trial trial : trials) {
      JsonAnswer answer = client.call(operation.path(), trial.input());
      if (answer.status() != 400
          || !answer.error().equals("InvalidArgumentException")
          || !trial.isNamedIn(answer.message())) {
        accepted.add(trial + " -> " + answer);
      }
    }
    assertThat(trials).isNotEmpty();
    assertThat(accepted).as("of %s violations of %s", trials.size(), operation).isEmpty();
  }

  private static void assertNoneRefused(ModelledOperation operation) throws Exception {
    ObjectNode input = valid.of(operation.name());
    List<String> refused = new ArrayList<>();
    JsonAnswer whole = client.call(operation.path(), input);
    if (whole.message().contains("constraint")) {
      refused.add("the valid input -> " + whole);
    }
    for (Trial trial : Bounds.of(operation.input(), input)) {
      JsonAnswer answer = client.call(operation.path(), trial.input());
      boolean tighter = DOCUMENTED_TIGHTER.contains(trial.member() + " " + trial.what());
      if (answer.status() == 500 || (!tighter && trial.isNamedIn(answer.message()))) {
        refused.add(trial + " -> " + answer);
      }
    }
    assertThat(refused).as("values of %s that its model permits", operation).isEmpty();
  }
}
