package io.github.kvslocal.journal;

/**
 * The journal does not tell what was expected of it. An {@link AssertionError}, so that any test
 * framework counts it as a failure; its message explains with the nearest entries.
 */
public final class UnmetExpectationError extends AssertionError {
  private static final long serialVersionUID = 1;

  UnmetExpectationError(String message) {
    super(message);
  }
}
