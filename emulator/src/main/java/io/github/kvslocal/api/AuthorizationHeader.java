package io.github.kvslocal.api;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An {@code Authorization} header taken apart, {@code <algorithm> <name>=<value>, …} (IAM User
 * Guide, "Signing elements"). Whatever a client sends has a reading.
 */
record AuthorizationHeader(String algorithm, List<Parameter> parameters) {
  /** What stands between two commas, if it has a name. */
  private record Parameter(String name, String value) {}

  static AuthorizationHeader of(String text) {
    String header = text.strip();
    int space = header.indexOf(' ');
    String algorithm = space < 0 ? header : header.substring(0, space);
    List<Parameter> parameters = new ArrayList<>();
    for (String part : header.substring(algorithm.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.add(
            new Parameter(part.substring(0, equals).strip(), part.substring(equals + 1).strip()));
      }
    }
    return new AuthorizationHeader(algorithm, List.copyOf(parameters));
  }

  /** The value of the first parameter of this name; empty if there is none. */
  String value(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst()
        .orElse("");
  }

  /** The name of a parameter that is there more than once. */
  Optional<String> repeated() {
    Set<String> seen = new HashSet<>();
    return parameters.stream().map(Parameter::name).filter(name -> !seen.add(name)).findFirst();
  }
}
