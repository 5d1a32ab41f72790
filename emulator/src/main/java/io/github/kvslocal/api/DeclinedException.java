package io.github.kvslocal.api;

/** A request that is not let in, with the error that its client is answered. */
public final class DeclinedException extends Exception {
  private final ServiceError error;

  /** With what was wrong, what was expected and what to do; the first line alone is logged. */
  public DeclinedException(ServiceError error, String explanation) {
    super(explanation, null, false, false);
    this.error = error;
  }

  /** The error to answer with. */
  public ServiceError error() {
    return error;
  }

  /** The message to answer with; never null. */
  public String explanation() {
    return String.valueOf(getMessage());
  }
}
