package io.github.kvslocal.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What the environment says for options that are not given: of {@code --tls-port} it is {@code
 * KVSLOCAL_TLS_PORT}. A variable that is empty or blank says nothing, since compose files and
 * scripts pass on variables that they do not have in this way.
 */
final class Environment implements IDefaultValueProvider {
  private static final String PREFIX = "KVSLOCAL_";

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String value = variables.get(variable(option.longestName()));
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** The variable that stands in for an option, such as {@code --port}. */
  static String variable(String option) {
    return PREFIX + option.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
