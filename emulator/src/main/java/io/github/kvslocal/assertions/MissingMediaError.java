package io.github.kvslocal.assertions;

/**
 * A recording does not have what was expected of it. An {@link AssertionError}, so that any test
 * framework counts it as a failure; its message says how far its master came, and what came last.
 */
public final class MissingMediaError extends AssertionError {
  private static final long serialVersionUID = 1;

  MissingMediaError(String message) {
    super(message);
  }
}
