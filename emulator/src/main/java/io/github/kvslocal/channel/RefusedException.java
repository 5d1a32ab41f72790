package io.github.kvslocal.channel;

/** A request that is declined, with an explanation that a client's developer can act on. */
public final class RefusedException extends Exception {
  private final Reason reason;

  public RefusedException(Reason reason, String explanation) {
    super(explanation, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What was wrong, what was expected and what to do; never null. */
  public String explanation() {
    return String.valueOf(getMessage());
  }
}
