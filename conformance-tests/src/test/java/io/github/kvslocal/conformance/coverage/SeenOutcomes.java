package io.github.kvslocal.conformance.coverage;

import io.github.kvslocal.conformance.concurrency.Kind;
import io.github.kvslocal.conformance.model.ModelledOperation;
import io.github.kvslocal.conformance.rest.Expectation;
import io.github.kvslocal.conformance.rest.RestTable;
import io.github.kvslocal.conformance.rest.Row;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * How operations are seen to end by tests: by the rows that run through every SDK, and by the
 * accounts that are filled up.
 */
final class SeenOutcomes {
  private static final String CONTROL = "kinesisvideo";

  private record Outcome(String service, String operation, String end) {
    static final String SUCCESS = "success";
    static final String NOT_BUILT = "not built";

    static Outcome of(ModelledOperation operation, String end) {
      return new Outcome(operation.service(), operation.name(), end);
    }

    static Outcome of(Row.Call call, String end) {
      return new Outcome(call.service().label(), call.operation(), end);
    }
  }

  private final Set<Outcome> outcomes = new HashSet<>();

  /** Of the table as it stands. */
  SeenOutcomes() {
    for (Row row : RestTable.rows()) {
      outcomes.add(Outcome.of(row.call(), end(row.expectation())));
      row.then().forEach(check -> outcomes.add(Outcome.of(check.call(), Outcome.SUCCESS)));
    }
  }

  private static String end(Expectation expectation) {
    if (expectation.equals(Expectation.NOT_BUILT)) {
      return Outcome.NOT_BUILT;
    }
    return expectation instanceof Expectation.Failure failure ? failure.type() : Outcome.SUCCESS;
  }

  /** Whether a row sees it done. */
  boolean succeeds(ModelledOperation operation) {
    return outcomes.contains(Outcome.of(operation, Outcome.SUCCESS));
  }

  /** Whether a row sees a request declined in which nothing is wrong. */
  boolean isNotBuilt(ModelledOperation operation) {
    return outcomes.contains(Outcome.of(operation, Outcome.NOT_BUILT));
  }

  /** Whether a row sees this error, or the test that fills up an account. */
  boolean fails(ModelledOperation operation, String error) {
    return outcomes.contains(Outcome.of(operation, error)) || isOfFullAccount(operation, error);
  }

  /** Whether the test that fills up an account sees this error, and no row. */
  boolean isOfFullAccount(ModelledOperation operation, String error) {
    return operation.service().equals(CONTROL)
        && Arrays.stream(Kind.values())
            .anyMatch(
                kind -> kind.creator().equals(operation.name()) && kind.limitError().equals(error));
  }
}
