package io.github.kvslocal.conformance.coverage;

import io.github.kvslocal.conformance.model.ModelledOperation;
import io.github.kvslocal.conformance.rest.Expectation;
import io.github.kvslocal.conformance.rest.RestTable;
import io.github.kvslocal.conformance.rest.Row;
import java.util.HashSet;
import java.util.Set;

/**
 * How operations are seen to end by tests: by the rows that run through every SDK, and by the
 * broken constraints that are generated for every operation.
 */
final class SeenOutcomes {
  /** What a broken constraint is answered. */
  private static final String INVALID = "InvalidArgumentException";

  /** What an account that is full is answered. */
  private static final Set<String> FULL =
      Set.of("AccountChannelLimitExceededException", "AccountStreamLimitExceededException");

  private static final String SUCCESS = "";

  private final Set<String> outcomes = new HashSet<>();

  /** Of the table as it stands. */
  SeenOutcomes() {
    for (Row row : RestTable.rows()) {
      String error =
          row.expectation() instanceof Expectation.Failure failure ? failure.type() : SUCCESS;
      outcomes.add(key(row.call().service().label(), row.call().operation(), error));
      row.then()
          .forEach(
              check ->
                  outcomes.add(
                      key(check.call().service().label(), check.call().operation(), SUCCESS)));
    }
  }

  boolean succeeds(ModelledOperation operation) {
    return outcomes.contains(key(operation.service(), operation.name(), SUCCESS));
  }

  boolean fails(ModelledOperation operation, String error) {
    return error.equals(INVALID)
        || FULL.contains(error)
        || outcomes.contains(key(operation.service(), operation.name(), error));
  }

  private static String key(String service, String operation, String error) {
    return service + " " + operation + " " + error;
  }
}
