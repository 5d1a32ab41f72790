package io.github.kvslocal;

/** Something that cannot be begun, in one line for the user. */
public final class StartException extends Exception {
  StartException(String line) {
    super(line);
  }

  StartException(String line, Throwable cause) {
    super(line, cause);
  }

  /** What is wrong and with what; never null. */
  public String line() {
    return String.valueOf(getMessage());
  }
}
