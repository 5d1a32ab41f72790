package io.github.kvslocal.conformance.packages;

import io.github.kvslocal.conformance.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Scripts for Node.js with the packages that their {@code package-lock.json} pins. */
public final class NpmPackages {
  private static final Duration INSTALL = Duration.ofMinutes(5);

  private final PackageFolder folder;

  /** The scripts in this folder of the sources, to be copied to and installed in that one. */
  public NpmPackages(Path sources, Path folder) {
    this.folder = new PackageFolder(sources, folder, "package-lock.json");
  }

  /** Where the copies of the scripts lie, beside {@code node_modules}. */
  public Path folder() {
    return folder.path();
  }

  /** Why the packages cannot be had here, for example without a network; empty once installed. */
  public synchronized Optional<String> absence() {
    return Command.isInstalled("npm")
        ? folder.prepare(this::install)
        : Optional.of("npm is not on the PATH");
  }

  private Optional<String> install() {
    try {
      Command.Outcome outcome =
          Command.of("npm", "ci", "--ignore-scripts", "--fetch-retries=1", "--fetch-timeout=20000")
              .in(folder.path())
              .run(INSTALL);
      return outcome.code() == 0
          ? Optional.empty()
          : Optional.of("npm ci failed: " + outcome.errors().trim());
    } catch (IllegalStateException e) {
      return Optional.of("npm ci did not end: " + e.getMessage());
    }
  }
}
