package io.github.kvslocal.conformance.coverage;

import io.github.kvslocal.conformance.model.ModelledOperation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page that tells what is built, operation by operation. */
final class CoveragePage {
  private static final String SUFFIX = "Exception";

  private final List<ModelledOperation> operations;
  private final SeenOutcomes seen;

  CoveragePage(List<ModelledOperation> operations, SeenOutcomes seen) {
    this.operations = operations;
    this.seen = seen;
  }

  String text(String command) {
    StringBuilder page = new StringBuilder();
    long built = operations.stream().filter(seen::succeeds).count();
    page.append(
        """
        # Coverage of the service models

        Generated from the models of the AWS SDKs and from the rows of `conformance-tests`; a test fails if it is out of
        date. To write it anew: `%s`

        %d of %d operations are implemented. An operation is called so if a row of `RestConformanceIT` sees it succeed through
        every AWS SDK that can send it; of one that answers an error, a row sees a request declined in which nothing is wrong.
        Each error that can be reached is seen by a row as well, except those of full accounts: `AccountLimitIT` sees them, over
        plain HTTP, since ten thousand resources have to be there first. Beside the rows for InvalidArgument, `ConstraintsIT` breaks
        every constraint of every operation, also over plain HTTP. The names of errors are shortened by `Exception`.
        """
            .formatted(command, built, operations.size()));
    Map<String, List<ModelledOperation>> services =
        operations.stream()
            .collect(
                Collectors.groupingBy(
                    ModelledOperation::service, java.util.LinkedHashMap::new, Collectors.toList()));
    services.forEach((service, own) -> page.append(section(service, own)));
    page.append("\n## Why some errors cannot be reached\n\n");
    for (Unreached reason : Unreached.values()) {
      page.append("- **%s** %s\n".formatted(reason.mark(), reason.sentence()));
    }
    return page.toString();
  }

  private String section(String service, List<ModelledOperation> own) {
    return "\n## "
        + service
        + "\n\n| operation | path | state | errors seen | errors that cannot be reached |\n"
        + "|---|---|---|---|---|\n"
        + own.stream().map(this::line).collect(Collectors.joining());
  }

  private String line(ModelledOperation operation) {
    return "| %s | `%s` | %s | %s | %s |\n"
        .formatted(
            operation.name(),
            operation.path(),
            seen.succeeds(operation) ? "implemented" : "answers an error",
            errors(operation, error -> seen.fails(operation, error) ? error(operation, error) : ""),
            errors(
                operation,
                error ->
                    Unreached.of(operation, error)
                        .map(reason -> shortened(error) + " **" + reason.mark() + "**")
                        .orElse("")));
  }

  private String error(ModelledOperation operation, String error) {
    return shortened(error) + (seen.isOfFullAccount(operation, error) ? " (`AccountLimitIT`)" : "");
  }

  private static String errors(ModelledOperation operation, Function<String, String> words) {
    Set<String> errors = new TreeSet<>();
    for (String error : operation.errors().keySet()) {
      errors.add(words.apply(error));
    }
    errors.remove("");
    return errors.isEmpty() ? "–" : String.join(", ", errors);
  }

  private static String shortened(String error) {
    return error.endsWith(SUFFIX) ? error.substring(0, error.length() - SUFFIX.length()) : error;
  }
}
