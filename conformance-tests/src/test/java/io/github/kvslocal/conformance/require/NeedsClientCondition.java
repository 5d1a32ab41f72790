package io.github.kvslocal.conformance.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a test whose clients are missing, or fails it where they are required. */
final class NeedsClientCondition implements ExecutionCondition {
  /**
   * Clients that must be there, by their names, separated by commas; also an environment variable.
   */
  static final String REQUIRE = "KVSLOCAL_REQUIRE";

  /** Clients that are treated as missing: what would this suite do on a poorer machine? */
  static final String HIDE = "KVSLOCAL_HIDE";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<Client> needed =
        AnnotationSupport.findAnnotation(context.getElement(), NeedsClient.class)
            .map(needs -> List.of(needs.value()))
            .orElse(List.of());
    Set<Client> hidden = named(HIDE, context);
    Set<Client> required = named(REQUIRE, context);
    List<String> reasons = new ArrayList<>();
    for (Client client : needed) {
      // One reason is enough to skip, but not enough to forgive what is required.
      if (reasons.isEmpty() || required.contains(client)) {
        Optional<String> absence =
            hidden.contains(client) ? Optional.of("hidden by " + HIDE) : client.absence();
        absence.ifPresent(
            why -> {
              String reason = "needs " + client.label() + ": " + why;
              if (required.contains(client)) {
                throw new ExtensionConfigurationException(REQUIRE + " names it, but " + reason);
              }
              reasons.add(reason);
            });
      }
    }
    if (reasons.isEmpty()) {
      return ConditionEvaluationResult.enabled("all clients are here");
    }
    // The build's own summary only counts.
    System.err.println("SKIPPED " + context.getDisplayName() + " " + reasons.get(0));
    return ConditionEvaluationResult.disabled(reasons.get(0));
  }

  private static Set<Client> named(String parameter, ExtensionContext context) {
    String names =
        context
            .getConfigurationParameter(parameter)
            .orElseGet(() -> System.getenv().getOrDefault(parameter, ""));
    return Arrays.stream(names.split(",", -1))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .map(Client::labelled)
        .collect(Collectors.toSet());
  }
}
