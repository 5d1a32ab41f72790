package io.github.kvslocal;

/** An emulator that cannot start, in one line for the user. */
public final class StartException extends Exception {
  StartException(String line, Throwable cause) {
    super(line, cause);
  }

  /** What is wrong and with what; never null. */
  public String line() {
    return String.valueOf(getMessage());
  }
}
