package io.github.kvslocal.conformance.model;

import java.util.Map;

/**
 * An operation as a service model has it.
 *
 * @param service the name of the model, such as {@code kinesisvideo}
 * @param name such as {@code CreateStream}
 * @param path such as {@code /createStream}
 * @param errors the statuses of the errors that it may answer, by their names
 * @param input what it is sent
 */
public record ModelledOperation(
    String service, String name, String path, Map<String, Integer> errors, Shape input) {
  @Override
  public String toString() {
    return service + " " + name;
  }
}
