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

  /** Operations that check a request in full and then decline it. */
  private static final Set<String> NOT_BUILT =
      Set.of(
          "GetMedia",
          "ListFragments",
          "GetMediaForFragmentList",
          "GetHLSStreamingSessionURL",
          "GetDASHStreamingSessionURL",
          "GetClip",
          "GetImages",
          "SendAlexaOfferToMaster");

  private final List<ModelledOperation> operations;
  private final SeenOutcomes seen;

  CoveragePage(List<ModelledOperation> operations, SeenOutcomes seen) {
    this.operations = operations;
    this.seen = seen;
  }

  static boolean isBuilt(ModelledOperation operation) {
    return !NOT_BUILT.contains(operation.name());
  }

  String text(String command) {
    StringBuilder page = new StringBuilder();
    long built = operations.stream().filter(CoveragePage::isBuilt).count();
    page.append(
        """
        # Coverage of the service models

        Generated from the models of the AWS SDKs and from the rows of `conformance-tests`; a test fails if it is out of
        date. To write it anew: `%s`

        %d of %d operations are implemented. An operation is called so if a row sees it succeed through every AWS SDK that
        can send it, and a row sees each of its errors that can be reached. The names of errors are shortened by `Exception`.
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
            isBuilt(operation) ? "implemented" : "answers an error",
            errors(operation, error -> seen.fails(operation, error) ? shortened(error) : ""),
            errors(
                operation,
                error ->
                    Unreached.of(operation, error)
                        .map(reason -> shortened(error) + " **" + reason.mark() + "**")
                        .orElse("")));
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
