package io.github.kvslocal.junit;

import java.nio.file.Path;

/** No failure, but where to read why one came: test reports show what a failure has suppressed. */
final class SeenByEmulator extends Exception {
  private static final long serialVersionUID = 1;

  SeenByEmulator(Path directory) {
    super(
        "the journal, the SDP and the recordings of this test's emulator are in " + directory,
        null,
        /* enableSuppression= */ false,
        /* writableStackTrace= */ false);
  }
}
