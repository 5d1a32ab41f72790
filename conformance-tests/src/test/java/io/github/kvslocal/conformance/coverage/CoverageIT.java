package io.github.kvslocal.conformance.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.kvslocal.conformance.json.JsonClient;
import io.github.kvslocal.conformance.model.ModelledOperation;
import io.github.kvslocal.conformance.model.ServiceModels;
import io.github.kvslocal.conformance.process.EmulatorProcess;
import io.github.kvslocal.conformance.require.Client;
import io.github.kvslocal.conformance.require.NeedsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is called implemented is seen to work, and the page about it is true. */
@NeedsClient(Client.BOTO3)
class CoverageIT {
  private static final Path PAGE = Path.of("../emulator/COVERAGE.md");
  private static final String WRITE = "kvslocal.coverage.write";
  private static final String COMMAND =
      "mvn -pl emulator,conformance-tests verify -Dit.test=CoverageIT -Dsurefire.skip=true"
          + " -Dfailsafe.failIfNoSpecifiedTests=false -D"
          + WRITE;

  private static List<ModelledOperation> operations = List.of();
  private static SeenOutcomes seen = new SeenOutcomes();

  @BeforeAll
  static void read() {
    operations = ServiceModels.operations();
  }

  @Test
  void pageIsUpToDate() throws IOException {
    String page = new CoveragePage(operations, seen).text(COMMAND);
    if (System.getProperty(WRITE) != null) {
      Files.writeString(PAGE, page);
    }

    assertThat(PAGE).as("the page; write it anew with: " + COMMAND).exists().hasContent(page);
  }

  @Test
  @NeedsClient(Client.EMULATOR)
  void everyOperationOfTheModelsIsRouted(@TempDir Path folder) throws Exception {
    try (EmulatorProcess emulator = EmulatorProcess.start(folder, "porch")) {
      JsonNode routed = new JsonClient(emulator.endpoint()).read("/_kvslocal/operations");

      List<String> routes = new ArrayList<>();
      routed.forEach(
          route ->
              routes.add(
                  "%s %s %s"
                      .formatted(
                          route.path("service").asText(),
                          route.path("operation").asText(),
                          route.path("path").asText())));
      assertThat(routes)
          .containsExactlyInAnyOrderElementsOf(
              operations.stream().map(operation -> operation + " " + operation.path()).toList());
    }
  }

  @Test
  void everyOperationIsSeenEitherToSucceedOrToBeDeclinedWithoutAFault() {
    assertThat(operations)
        .allSatisfy(
            operation ->
                assertThat(seen.succeeds(operation))
                    .as("%s is seen to succeed, and not seen to be not built", operation)
                    .isNotEqualTo(seen.isNotBuilt(operation)));
  }

  @Test
  void everyErrorIsEitherSeenOrCannotBeReached() {
    List<String> wrong = new ArrayList<>();
    for (ModelledOperation operation : operations) {
      for (String error : operation.errors().keySet()) {
        boolean reachable = Unreached.of(operation, error).isEmpty();
        if (reachable != seen.fails(operation, error)) {
          wrong.add(
              operation
                  + " "
                  + error
                  + (reachable ? " is reached by no row" : " is reached by a row, in spite of ")
                  + Unreached.of(operation, error).map(Unreached::sentence).orElse(""));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }
}
