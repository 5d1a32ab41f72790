package io.github.kvslocal.conformance.browser;

import io.github.kvslocal.conformance.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A home directory whose certificate database trusts one authority, as a user would import it. */
final class TrustedHome {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private TrustedHome() {}

  /** Makes such a home in this folder. */
  static Path make(Path folder, Path authority) {
    Path home = folder.resolve("home");
    Path database = home.resolve(".pki/nssdb");
    try {
      Files.createDirectories(database);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a home", e);
    }
    String name = "sql:" + database;
    Command.of("certutil", "-d", name, "-N", "--empty-password").succeed(DEADLINE);
    Command.of("certutil", "-d", name, "-A", "-t", "C,,", "-n", "kvslocal", "-i", "" + authority)
        .succeed(DEADLINE);
    return home;
  }
}
