package io.github.kvslocal;

import java.nio.file.FileSystemException;

/** Something that cannot be begun, in one line for the user. */
public final class StartException extends Exception {
  StartException(String line) {
    super(line);
  }

  StartException(String line, Throwable cause) {
    super(line, cause);
  }

  /** Some of the JDK's failures of files say no more than the file's name. */
  static String words(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      String kind = file.getClass().getSimpleName().replace("Exception", "");
      return "cannot use " + file.getFile() + " (" + kind + ")";
    }
    return String.valueOf(failure.getMessage());
  }

  /** What is wrong and with what; never null. */
  public String line() {
    return String.valueOf(getMessage());
  }
}
